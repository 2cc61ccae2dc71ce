using CrisisOps.Domain.Contacts;
using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Contacts;

/// <summary>Where a contact is reached: registered, verified, disabled, enabled, removed. No event holds an address.</summary>
public class ContactAddressTests
{
    [Theory]
    [InlineData(Channel.Email, ContactCase.Mail)]
    [InlineData(Channel.Chat, ContactCase.Chat)]
    [InlineData(Channel.Phone, ContactCase.Number)]
    public void An_address_is_recorded_by_its_reference(Channel channel, string address)
    {
        var registered = ContactCase.Registered().When(ContactCase.Kept(channel, address, "VLT-7")).ShouldBeAccepted();

        registered.State.Addresses.ShouldBe([new ContactAddress("AD-1", channel, "VLT-7")]);
        registered.Address("AD-1").Usable.ShouldBeFalse();
        registered.Recorded<ContactAddressRegistered>().ToString().ShouldNotContain(address);
        registered.Told().Headline.ShouldBe($"Address AD-1 ({channel}) registered");
        registered.Told().ToString().ShouldNotContain(address);
    }

    [Theory]
    [InlineData(Channel.Email, "Jane Roe <jane@team.example>", "address-shape")]
    [InlineData(Channel.Email, "jane@localhost", "address-shape")]
    [InlineData(Channel.Email, null, "address-shape")]
    [InlineData(Channel.Chat, "http://me:secret@chat.example/", "address-shape")]
    [InlineData(Channel.Chat, "chat.example/room", "address-shape")]
    [InlineData(Channel.Phone, "5550100", "address-shape")]
    [InlineData(Channel.Webhook, "https://hash.example/", "address-channel")]
    [InlineData(Channel.Inbox, "me", "address-channel")]
    [InlineData(Channel.InPerson, "the lobby", "address-channel")]
    public void Another_address_is_refused_and_not_said_back(Channel channel, string? address, string guard)
    {
        var refused = ContactCase.Registered().When(ContactCase.Kept(channel, address!, "VLT-7")).ShouldBeRefusedBy(guard);
        ((Ruling.Refused)refused.Last).Refusal.Detail.ShouldNotContain("secret@");
        ((Ruling.Refused)refused.Last).Refusal.Detail.ShouldNotContain("jane");
    }

    [Fact]
    public void Without_its_place_in_the_vault_nothing_is_registered() =>
        ContactCase.Registered().When(new RegisterAddress(Channel.Email, ContactCase.Mail)).ShouldBeRefusedBy("address-kept");

    [Fact]
    public void Whoever_wrote_to_us_from_an_address_is_there_and_is_not_asked()
    {
        var registered = ContactCase.Registered().When(ContactCase.Kept(Channel.Email, ContactCase.Mail, "VLT-7").AsWrittenFrom()).ShouldBeAccepted();

        registered.Address("AD-1").Usable.ShouldBeTrue();
        registered.Told().Headline.ShouldBe("Address AD-1 (Email) verified");
    }

    [Fact]
    public void The_same_address_stands_once_and_there_are_ten_at_most()
    {
        var given = ContactCase.Reachable().When(ContactCase.Kept(Channel.Email, ContactCase.Mail, "VLT-4", "VLT-1")).ShouldBeRefusedBy("address-new");
        for (var n = 4; n <= 10; n++)
        {
            given.When(ContactCase.Kept(Channel.Email, $"me{n}@team.example", $"VLT-{n}")).ShouldBeAccepted();
        }

        given.When(ContactCase.Kept(Channel.Email, "me11@team.example", "VLT-11")).ShouldBeRefusedBy("address-limit");
        given.When(new RemoveAddress("AD-1")).ShouldBeAccepted().When(ContactCase.Kept(Channel.Email, ContactCase.Mail, "VLT-12", "VLT-1")).ShouldBeAccepted();
        given.Recorded<ContactAddressRegistered>().AddressId.ShouldBe("AD-11");
    }

    [Fact]
    public void A_person_verifies_a_phone_and_a_rule_the_rest()
    {
        var given = ContactCase.Reachable();
        foreach (var machine in new[] { "AD-1", "AD-3" })
        {
            given.When(new VerifyAddress(machine, "it is mine")).ShouldBeRefusedBy("challenge-answered").ShouldBeRefused(RefusalKind.Forbidden);
            given.When(new VerifyAddress(machine, "the link was followed"), Caller.System).ShouldBeAccepted().Address(machine).Usable.ShouldBeTrue();
        }

        given.When(new VerifyAddress("AD-2", " ")).ShouldBeRefusedBy("proof-given");
        given.When(new VerifyAddress("AD-2", "called back"), ContactCase.Other).ShouldBeRefusedBy("own-contact");
        given.When(new VerifyAddress("AD-2", "called back"), ContactCase.Lead).ShouldBeAccepted().Address("AD-2").Usable.ShouldBeTrue();
        given.When(new VerifyAddress("AD-2", "called back")).ShouldBeRefusedBy("address-unverified");
        given.When(new VerifyAddress("AD-9", "called back")).ShouldBeRefusedBy("address-known");
    }

    [Fact]
    public void What_was_disabled_is_verified_anew()
    {
        var given = ContactCase.Reachable().When(new VerifyAddress("AD-1", "the link was followed"), Caller.System).ShouldBeAccepted();
        given.When(new DisableAddress("AD-9", "gone")).ShouldBeRefusedBy("address-known");
        given.When(new DisableAddress("AD-1", " ")).ShouldBeRefusedBy("reason-given");
        given.When(new EnableAddress("AD-1")).ShouldBeRefusedBy("address-disabled");
        given.When(new DisableAddress("AD-1", "lost"), ContactCase.Other).ShouldBeRefusedBy("own-contact");
        given.When(new DisableAddress("AD-1", "gone"), Caller.System).ShouldBeAccepted();
        (given.Address("AD-1").Disabled, given.Address("AD-1").Usable).ShouldBe(("gone", false));
        given.When(new DisableAddress("AD-1", "lost")).ShouldBeRefusedBy("address-enabled");
        given.When(new EnableAddress("AD-1"), Caller.System).ShouldBeRefusedBy("role");
        given.When(new EnableAddress("AD-1")).ShouldBeAccepted();
        (given.Address("AD-1").Disabled, given.Address("AD-1").Verified).ShouldBe((null, false));
        given.When(new DisableAddress("AD-2", "lost")).ShouldBeAccepted().When(new VerifyAddress("AD-2", "called back")).ShouldBeRefusedBy("address-enabled");
    }

    [Fact]
    public void What_was_removed_is_not_there_and_keeps_its_id()
    {
        var given = ContactCase.Reachable().When(new RemoveAddress("AD-1")).ShouldBeAccepted();
        (given.Address("AD-1").Removed, given.State.AddressOf("AD-1")).ShouldBe((true, null));
        given.Told().Headline.ShouldBe("Address AD-1 (Email) removed and erased");
        given.When(new RemoveAddress("AD-1")).ShouldBeRefusedBy("address-known");
        given.When(new RemoveAddress(null!)).ShouldBeRefusedBy("address-known");
        given.When(new VerifyAddress("AD-1", "the link was followed"), Caller.System).ShouldBeRefusedBy("address-known");
        given.When(new RemoveAddress("AD-2"), ContactCase.Other).ShouldBeRefusedBy("own-contact");
    }
}
