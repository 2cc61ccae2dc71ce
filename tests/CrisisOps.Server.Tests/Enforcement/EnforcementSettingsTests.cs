using CrisisOps.Server.Enforcement;
using Microsoft.Extensions.Configuration;
using Shouldly;

namespace CrisisOps.Server.Tests.Enforcement;

/// <summary>What no order can be sent with stops the server at its start, and the message never says a secret.</summary>
public class EnforcementSettingsTests
{
    private const string Url = "https://enforcement.platform.example/orders?token=hush";

    [Fact]
    public void Nothing_at_all_means_that_no_orders_go_out()
    {
        var settings = Read();
        settings.Configured.ShouldBeFalse();
        settings.ConfirmationKey().ShouldBeNull();
    }

    [Fact]
    public void What_comes_back_is_signed_with_the_same_secret_unless_it_has_its_own()
    {
        var one = Read(("Url", Url), ("Secret", EnforcementServer.Secret));
        one.ConfirmationKey().ShouldBe(one.Key());

        var two = Read(("Url", Url), ("Secret", EnforcementServer.Secret), ("ConfirmationSecret", EnforcementServer.ConfirmationSecret));
        two.ConfirmationKey().ShouldNotBe(two.Key());
    }

    [Theory]
    [InlineData(null, EnforcementServer.Secret, null, "Enforcement:Url is missing")]
    [InlineData("/orders", EnforcementServer.Secret, null, "Enforcement:Url must be an absolute URL")]
    [InlineData("ftp://platform.example", EnforcementServer.Secret, null, "Enforcement:Url must be an absolute URL")]
    [InlineData("https://user:hush@platform.example", EnforcementServer.Secret, null, "Enforcement:Url must have no user name")]
    [InlineData(Url, null, null, "Enforcement:Secret is missing")]
    [InlineData(Url, "hush", null, "Enforcement:Secret must be whsec_")]
    [InlineData(Url, "whsec_aHVzaA==", null, "Enforcement:Secret must be whsec_")]
    [InlineData(Url, "whsec_hush!", null, "Enforcement:Secret must be whsec_")]
    [InlineData(Url, EnforcementServer.Secret, "hush", "Enforcement:ConfirmationSecret must be whsec_")]
    public void A_value_that_does_not_do_is_named_and_not_shown(string? url, string? secret, string? confirmation, string message)
    {
        var fault = Should.Throw<InvalidOperationException>(() => Read(("Url", url), ("Secret", secret), ("ConfirmationSecret", confirmation)));

        fault.Message.ShouldStartWith(message);
        fault.ToString().ShouldNotContain("hush");
    }

    [Fact]
    public void A_secret_has_24_to_64_bytes()
    {
        static string Of(int bytes) => $"whsec_{Convert.ToBase64String(new byte[bytes])}";
        foreach (var bytes in (int[])[24, 64])
        {
            Read(("Url", Url), ("Secret", Of(bytes))).Key().Length.ShouldBe(bytes);
        }

        foreach (var bytes in (int[])[23, 65])
        {
            Should.Throw<InvalidOperationException>(() => Read(("Url", Url), ("Secret", Of(bytes))));
        }
    }

    [Fact]
    public void A_name_that_is_none_stops_the_server() => Should.Throw<InvalidOperationException>(() => Read(("Urll", Url))).Message.ShouldContain("Urll");

    [Fact]
    public void In_words_they_say_the_host_and_nothing_else() =>
        Read(("Url", Url), ("Secret", EnforcementServer.Secret)).ToString().ShouldBe("EnforcementSettings { enforcement.platform.example }");

    private static EnforcementSettings Read(params (string Name, string? Value)[] settings) => EnforcementSettings.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create($"Enforcement:{s.Name}", s.Value))).Build().GetSection("Enforcement"));
}
