using System.Text;
using CrisisOps.Server.Channels.Webhook;
using Microsoft.AspNetCore.Http;
using Shouldly;

namespace CrisisOps.Server.Tests.Deliveries;

/// <summary>What others send us is believed if it is signed, whole and new.</summary>
public class WebhookVerificationTests
{
    private const string Signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    private static readonly DateTimeOffset _now = DateTimeOffset.FromUnixTimeSeconds(1614265330);
    private static readonly byte[] _secret = Convert.FromBase64String("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    private static readonly byte[] _body = Encoding.UTF8.GetBytes("{\"test\": 2432232314}");
    private static readonly WebhookHeaders _vector = new("msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", Signature);

    [Fact]
    public void The_published_test_vector_of_standard_webhooks_holds() => Holds(_vector).ShouldBeTrue();

    [Theory]
    [InlineData("v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= " + Signature)]
    [InlineData(Signature + " v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==")]
    [InlineData("  " + Signature)]
    public void One_of_several_signatures_is_enough(string signatures) => Holds(_vector with { Signatures = signatures }).ShouldBeTrue();

    [Fact]
    public void While_a_secret_changes_either_holds() => WebhookVerification.Verified(_vector, _body, [new byte[32], _secret], _now).ShouldBeTrue();

    [Theory]
    [InlineData("")]
    [InlineData("v1,")]
    [InlineData("v1,h0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    [InlineData("g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    [InlineData("v1a,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    [InlineData("v1,not base64")]
    [InlineData("v1,g0hM9SsE")]
    [InlineData("v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void A_signature_that_is_none_does_not_hold(string signatures) => Holds(_vector with { Signatures = signatures }).ShouldBeFalse();

    [Fact]
    public void Another_secret_another_body_and_another_id_do_not_hold()
    {
        WebhookVerification.Verified(_vector, _body, [new byte[24]], _now).ShouldBeFalse();
        WebhookVerification.Verified(_vector, _body, [], _now).ShouldBeFalse();
        WebhookVerification.Verified(_vector, [.. _body, (byte)' '], [_secret], _now).ShouldBeFalse();
        Holds(_vector with { Id = "msg_2" }).ShouldBeFalse();
    }

    [Theory]
    [InlineData(-300, true)]
    [InlineData(300, true)]
    [InlineData(-301, false)]
    [InlineData(301, false)]
    public void Five_minutes_either_way_are_the_limit(int seconds, bool holds) => WebhookVerification.Verified(_vector, _body, [_secret], _now.AddSeconds(seconds)).ShouldBe(holds);

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("-1614265330")]
    [InlineData(" 1614265330")]
    [InlineData("1614265330.0")]
    [InlineData("99999999999999999999999")]
    [InlineData("9999999999999")]
    public void A_timestamp_that_is_none_does_not_hold(string timestamp) => Holds(_vector with { Timestamp = timestamp }).ShouldBeFalse();

    [Fact]
    public void Each_header_must_be_there_once()
    {
        HeaderDictionary All() => new() { ["webhook-id"] = "msg_1", ["webhook-timestamp"] = "1614265330", ["webhook-signature"] = Signature };
        WebhookVerification.Headers(All()).ShouldBe(new WebhookHeaders("msg_1", "1614265330", Signature));
        foreach (var name in (string[])["webhook-id", "webhook-timestamp", "webhook-signature"])
        {
            var (missing, empty, twice) = (All(), All(), All());
            missing.Remove(name);
            empty[name] = "";
            twice[name] = new(["1614265330", "1614265330"]);

            WebhookVerification.Headers(missing).ShouldBeNull(name);
            WebhookVerification.Headers(empty).ShouldBeNull(name);
            WebhookVerification.Headers(twice).ShouldBeNull(name);
        }
    }

    private static bool Holds(WebhookHeaders headers) => WebhookVerification.Verified(headers, _body, [_secret], _now);
}
