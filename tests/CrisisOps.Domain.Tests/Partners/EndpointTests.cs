using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Partners;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Partners;

/// <summary>Where a partner is reached: registered, verified, disabled, enabled, removed; its secret rotated.</summary>
public class EndpointTests
{
    [Theory]
    [InlineData(Channel.Webhook, "https://hash.example/a")]
    [InlineData(Channel.Webhook, "http://10.0.0.1:8080/a?b=c@d")]
    [InlineData(Channel.Webhook, "HTTPS://[2001:db8::1]/")]
    [InlineData(Channel.Chat, "https://chat.example/hooks/T0/B0/xyz")]
    [InlineData(Channel.Email, "duty+alerts@hash.example")]
    [InlineData(Channel.Email, "o'neill@mail.hash.example")]
    [InlineData(Channel.Phone, "+43 1 5550100")]
    [InlineData(Channel.Phone, "+4315550100")]
    public void An_address_fits_its_channel(Channel channel, string address)
    {
        var registered = PartnerCase.Proposed().When(new RegisterEndpoint(channel, address)).ShouldBeAccepted();
        registered.State.Endpoints.ShouldBe([new Endpoint("EP-1", channel, address, channel == Channel.Webhook ? EndpointFormat.CloudEvents : EndpointFormat.Text, false, false)]);
        (registered.Endpoint("EP-1").SecretGeneration, registered.Endpoint("EP-1").Usable).ShouldBe((1, false));
    }

    [Theory]
    [InlineData(Channel.Webhook, "hash.example/a")]
    [InlineData(Channel.Webhook, "/a")]
    [InlineData(Channel.Webhook, "ftp://hash.example/a")]
    [InlineData(Channel.Webhook, "file:///etc/passwd")]
    [InlineData(Channel.Webhook, "https:hash.example")]
    [InlineData(Channel.Webhook, "https:///a")]
    [InlineData(Channel.Webhook, "https://me:secret@hash.example/a")]
    [InlineData(Channel.Webhook, "https://@hash.example/a")]
    [InlineData(Channel.Webhook, "https://hash.example/a#b")]
    [InlineData(Channel.Webhook, "https://hash.example/a#")]
    [InlineData(Channel.Webhook, "https://hash.example\\@evil.example/")]
    [InlineData(Channel.Webhook, " https://hash.example/a")]
    [InlineData(Channel.Webhook, "https://hash.example/a\n")]
    [InlineData(Channel.Webhook, "https://hash.example/ä")]
    [InlineData(Channel.Webhook, "")]
    [InlineData(Channel.Webhook, null)]
    [InlineData(Channel.Chat, "mailto:a@hash.example")]
    [InlineData(Channel.Email, "Jane Roe <jane@hash.example>")]
    [InlineData(Channel.Email, "a@hash.example,b@hash.example")]
    [InlineData(Channel.Email, "a@hash.example\r\nBcc: b@hash.example")]
    [InlineData(Channel.Email, "a@b@hash.example")]
    [InlineData(Channel.Email, "a.@hash.example")]
    [InlineData(Channel.Email, "a@localhost")]
    [InlineData(Channel.Email, "a@-hash.example")]
    [InlineData(Channel.Email, null)]
    [InlineData(Channel.Phone, "5550100")]
    [InlineData(Channel.Phone, "+43 1 555")]
    [InlineData(Channel.Phone, "+43 1 5550100 5550100")]
    [InlineData(Channel.Phone, "+43  1 5550100")]
    [InlineData(Channel.Phone, "+43-1-5550100")]
    [InlineData(Channel.Phone, "+43 1 5550100 ")]
    [InlineData(Channel.Phone, null)]
    public void Another_address_is_refused(Channel channel, string? address) => Refused(new RegisterEndpoint(channel, address!), "endpoint-address");

    [Fact]
    public void An_address_has_an_end()
    {
        var url = $"https://hash.example/{new string('a', 1_980)}";
        PartnerCase.Proposed().When(new RegisterEndpoint(Channel.Webhook, url[..2_000])).ShouldBeAccepted();
        Refused(new RegisterEndpoint(Channel.Webhook, url + "a"), "endpoint-address");
        Refused(new RegisterEndpoint(Channel.Email, $"a@{string.Join('.', Enumerable.Repeat("hash", 60))}"), "endpoint-address");
        ((Ruling.Refused)PartnerCase.Proposed().When(new RegisterEndpoint(Channel.Webhook, "https://me:secret@hash.example/")).Last).Refusal.Detail.ShouldNotContain("secret@");
    }

    [Theory]
    [InlineData(Channel.Api)]
    [InlineData(Channel.InPerson)]
    [InlineData(Channel.Other)]
    public void Other_channels_are_no_endpoints(Channel channel) => Refused(new RegisterEndpoint(channel, PartnerCase.Url), "endpoint-channel");

    [Theory]
    [InlineData(Channel.Webhook, EndpointFormat.Cap, true)]
    [InlineData(Channel.Webhook, EndpointFormat.CloudEvents, true)]
    [InlineData(Channel.Webhook, EndpointFormat.Text, false)]
    [InlineData(Channel.Email, EndpointFormat.Text, true)]
    [InlineData(Channel.Email, EndpointFormat.Cap, false)]
    [InlineData(Channel.Chat, EndpointFormat.Cap, false)]
    [InlineData(Channel.Phone, EndpointFormat.CloudEvents, false)]
    public void A_format_fits_its_reader(Channel channel, EndpointFormat format, bool fits)
    {
        var address = channel switch { Channel.Email => PartnerCase.Mail, Channel.Phone => PartnerCase.Number, _ => PartnerCase.Url };
        var given = PartnerCase.Proposed().When(new RegisterEndpoint(channel, address, format, Ordered: true, Full: true));
        if (!fits)
        {
            given.ShouldBeRefusedBy("endpoint-format");
            return;
        }

        var endpoint = given.ShouldBeAccepted().Endpoint("EP-1");
        (endpoint.Format, endpoint.Ordered, endpoint.Full).ShouldBe((format, true, true));
    }

    [Fact]
    public void The_same_address_stands_once_and_there_are_twenty_at_most()
    {
        var given = PartnerCase.Reachable().When(new RegisterEndpoint(Channel.Webhook, PartnerCase.Url)).ShouldBeRefusedBy("endpoint-new");
        for (var n = 5; n <= 20; n++)
        {
            given.When(new RegisterEndpoint(Channel.Webhook, $"{PartnerCase.Url}{n}")).ShouldBeAccepted();
        }

        given.When(new RegisterEndpoint(Channel.Webhook, $"{PartnerCase.Url}21")).ShouldBeRefusedBy("endpoint-limit");
        given.When(new RemoveEndpoint("EP-1")).ShouldBeAccepted().When(new RegisterEndpoint(Channel.Webhook, PartnerCase.Url)).ShouldBeAccepted();
        given.Recorded<PartnerEndpointRegistered>().EndpointId.ShouldBe("EP-21");
    }

    [Fact]
    public void A_person_verifies_a_phone_and_a_rule_the_rest()
    {
        var given = PartnerCase.Reachable();
        foreach (var machine in new[] { "EP-1", "EP-3", "EP-4" })
        {
            given.When(new VerifyEndpoint(machine, "they say so")).ShouldBeRefusedBy("challenge-answered").ShouldBeRefused(RefusalKind.Forbidden);
            given.When(new VerifyEndpoint(machine, "challenge answered"), Caller.System).ShouldBeAccepted().Endpoint(machine).VerifiedBy.ShouldBe("system");
        }

        given.When(new VerifyEndpoint("EP-2", " ")).ShouldBeRefusedBy("proof-given");
        given.When(new VerifyEndpoint("EP-2", "called back"), PartnerCase.Lead).ShouldBeRefused(RefusalKind.Forbidden);
        given.When(new VerifyEndpoint("EP-2", "called back")).ShouldBeAccepted();
        (given.Endpoint("EP-2").Usable, given.Endpoint("EP-2").VerifiedBy, given.Endpoint("EP-2").VerifiedHow).ShouldBe((true, "pm-01", "called back"));
        given.When(new VerifyEndpoint("EP-2", "called back")).ShouldBeRefusedBy("endpoint-unverified");
        given.When(new VerifyEndpoint("EP-9", "called back")).ShouldBeRefusedBy("endpoint-known");
    }

    [Fact]
    public void What_was_disabled_is_verified_anew()
    {
        var given = PartnerCase.Reachable().When(new VerifyEndpoint("EP-1", "challenge answered"), Caller.System).ShouldBeAccepted();
        given.When(new DisableEndpoint("EP-9", "gone")).ShouldBeRefusedBy("endpoint-known");
        given.When(new DisableEndpoint("EP-1", " ")).ShouldBeRefusedBy("reason-given");
        given.When(new EnableEndpoint("EP-1")).ShouldBeRefusedBy("endpoint-disabled");
        given.When(new EnableEndpoint("EP-9")).ShouldBeRefusedBy("endpoint-known");
        given.When(new DisableEndpoint("EP-1", "410"), Caller.System).ShouldBeAccepted();
        (given.Endpoint("EP-1").Disabled, given.Endpoint("EP-1").Usable).ShouldBe(("410", false));
        given.When(new DisableEndpoint("EP-1", "moved")).ShouldBeRefusedBy("endpoint-enabled");
        given.When(new EnableEndpoint("EP-1"), Caller.System).ShouldBeRefused(RefusalKind.Forbidden);
        given.When(new EnableEndpoint("EP-1")).ShouldBeAccepted();
        (given.Endpoint("EP-1").Disabled, given.Endpoint("EP-1").Verified, given.Endpoint("EP-1").VerifiedBy, given.Endpoint("EP-1").VerifiedHow).ShouldBe((null, false, null, null));
        given.When(new DisableEndpoint("EP-2", "moved")).ShouldBeAccepted().When(new VerifyEndpoint("EP-2", "called back")).ShouldBeRefusedBy("endpoint-enabled");
    }

    [Fact]
    public void What_was_removed_is_not_there_and_keeps_its_id()
    {
        var given = PartnerCase.Reachable().When(new RemoveEndpoint("EP-1")).ShouldBeAccepted();
        (given.Endpoint("EP-1").Removed, given.State.EndpointOf("EP-1")).ShouldBe((true, null));
        given.When(new RemoveEndpoint("EP-1")).ShouldBeRefusedBy("endpoint-known");
        given.When(new RotateSecret("EP-1")).ShouldBeRefusedBy("endpoint-known");
        given.When(new VerifyEndpoint("EP-1", "challenge answered"), Caller.System).ShouldBeRefusedBy("endpoint-known");
        given.When(new RemoveEndpoint(null!)).ShouldBeRefusedBy("endpoint-known");
    }

    [Fact]
    public void A_new_secret_leaves_the_old_one_valid_for_a_while()
    {
        var given = PartnerCase.Reachable();
        given.When(new RotateSecret("EP-2")).ShouldBeRefusedBy("endpoint-signed");
        given.When(new RotateSecret("EP-1", TimeSpan.FromSeconds(-1))).ShouldBeRefusedBy("overlap-range");
        given.When(new RotateSecret("EP-1", TimeSpan.FromDays(7) + TimeSpan.FromTicks(1))).ShouldBeRefusedBy("overlap-range");
        given.When(new RotateSecret("EP-1")).ShouldBeAccepted().Recorded<PartnerSecretRotated>().ShouldBe(new PartnerSecretRotated("EP-1", 2, PartnerCase.Start.AddHours(24)));
        (given.Endpoint("EP-1").SecretGeneration, given.Endpoint("EP-1").OldSecretUntil).ShouldBe((2, PartnerCase.Start.AddHours(24)));
        given.Told().Body.ShouldBe("the old one is valid until 2027-03-02 09:00Z");
        given.When(new RotateSecret("EP-1", TimeSpan.Zero)).ShouldBeAccepted();
        (given.Endpoint("EP-1").SecretGeneration, given.Endpoint("EP-1").OldSecretUntil).ShouldBe((3, PartnerCase.Start));
        given.When(new RotateSecret("EP-1", TimeSpan.FromDays(7))).ShouldBeAccepted();
    }

    [Fact]
    public void Endpoints_are_kept_until_the_partner_is_offboarded_and_by_partner_managers_only()
    {
        foreach (var open in new[] { PartnerCase.Proposed(), PartnerCase.Vetted(), PartnerCase.Active(), PartnerCase.Suspended() })
        {
            open.When(new RegisterEndpoint(Channel.Webhook, PartnerCase.Url), PartnerCase.Lead).ShouldBeRefused(RefusalKind.Forbidden);
            open.When(new RegisterEndpoint(Channel.Webhook, PartnerCase.Url)).ShouldBeAccepted().When(new RotateSecret("EP-1")).ShouldBeAccepted();
            open.When(new OffboardPartner("ended")).ShouldBeAccepted().When(new RemoveEndpoint("EP-1")).ShouldBeRefused(RefusalKind.IllegalTransition);
        }
    }

    private static void Refused(RegisterEndpoint command, string guard) => PartnerCase.Proposed().When(command).ShouldBeRefusedBy(guard);
}
