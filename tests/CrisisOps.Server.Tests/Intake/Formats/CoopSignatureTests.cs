using System.Security.Cryptography;
using System.Text;
using CrisisOps.Server.Intake.Formats;
using Shouldly;

namespace CrisisOps.Server.Tests.Intake.Formats;

/// <summary>Coop is believed if the body is the one that it signed.</summary>
public sealed class CoopSignatureTests
{
    private static readonly RSA _key = RSA.Create(2048);
    private static readonly string _pem = _key.ExportSubjectPublicKeyInfoPem();
    private static readonly byte[] _body = Encoding.UTF8.GetBytes("""{"item":{"id":"vid-77"}}""");
    private static readonly string _signature = Sign(_key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    [Fact]
    public void The_signature_over_the_body_holds() => CoopSignature.Verify(_body, _signature, _pem).ShouldBeTrue();

    [Fact]
    public void Another_body_does_not_hold() => CoopSignature.Verify([.. _body, (byte)' '], _signature, _pem).ShouldBeFalse();

    [Fact]
    public void Another_key_does_not_hold()
    {
        using var other = RSA.Create(2048);
        CoopSignature.Verify(_body, _signature, other.ExportSubjectPublicKeyInfoPem()).ShouldBeFalse();
    }

    [Fact]
    public void Another_way_to_sign_does_not_hold()
    {
        CoopSignature.Verify(_body, Sign(_key, HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1), _pem).ShouldBeFalse();
        CoopSignature.Verify(_body, Sign(_key, HashAlgorithmName.SHA256, RSASignaturePadding.Pss), _pem).ShouldBeFalse();
    }

    [Fact]
    public void A_key_that_can_be_broken_does_not_hold()
    {
        using var weak = RSA.Create(1024);
        CoopSignature.Verify(_body, Sign(weak, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1), weak.ExportSubjectPublicKeyInfoPem()).ShouldBeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData("no base64!")]
    [InlineData("AAAA")]
    public void What_is_no_signature_does_not_hold(string header) => CoopSignature.Verify(_body, header, _pem).ShouldBeFalse();

    [Fact]
    public void A_header_without_end_does_not_hold() => CoopSignature.Verify(_body, new string('A', 1_000_000), _pem).ShouldBeFalse();

    [Theory]
    [InlineData("")]
    [InlineData("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----")]
    public void What_is_no_key_holds_nothing(string pem) => CoopSignature.Verify(_body, _signature, pem).ShouldBeFalse();

    private static string Sign(RSA key, HashAlgorithmName hash, RSASignaturePadding padding) => Convert.ToBase64String(key.SignData(_body, hash, padding));
}
