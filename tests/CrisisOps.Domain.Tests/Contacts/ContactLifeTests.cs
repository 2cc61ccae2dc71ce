using CrisisOps.Domain.Contacts;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Contacts;

/// <summary>A contact after it was registered: changed, suspended, reinstated, removed.</summary>
public class ContactLifeTests
{
    [Fact]
    public void Its_language_and_its_zone_change_and_what_is_not_said_stays()
    {
        var changed = ContactCase.Registered().When(new ChangeContact(Tz: "Europe/London")).ShouldBeAccepted();
        (changed.State.Language, changed.State.Tz).ShouldBe(("de-AT", "Europe/London"));
        changed.Told().Headline.ShouldBe("Written to in de-AT, Europe/London");

        changed.When(new ChangeContact()).ShouldBeRefusedBy("change-given");
        changed.When(new ChangeContact("de-AT", "Europe/London")).ShouldBeRefusedBy("change-given");
        changed.When(new ChangeContact("German")).ShouldBeRefusedBy("language-known");
        changed.When(new ChangeContact(Tz: "Mars/Base")).ShouldBeRefusedBy("zone-known");
        changed.When(new ChangeContact("fr"), ContactCase.Other).ShouldBeRefusedBy("own-contact");
        changed.When(new ChangeContact("fr"), ContactCase.Lead).ShouldBeAccepted();
    }

    [Fact]
    public void What_a_team_reads_is_changed_by_a_partner_manager_or_an_admin()
    {
        var team = ContactCase.RegisteredTeam();
        team.When(new ChangeStanding(new TeamStanding([Role.Specialist]), "less"), ContactCase.Lead).ShouldBeRefusedBy("role");
        team.When(new ChangeStanding(new TeamStanding(), "less")).ShouldBeRefusedBy("standing-given");
        team.When(new ChangeStanding(new TeamStanding([Role.System]), "more")).ShouldBeRefusedBy("standing-role");
        team.When(new ChangeStanding(new TeamStanding([Role.Specialist]), " ")).ShouldBeRefusedBy("reason-given");
        team.When(new ChangeStanding(ContactCase.Team.Standing!, "the same")).ShouldBeRefusedBy("standing-new");
        team.When(new ChangeStanding(new TeamStanding([Role.Specialist], Clearance: Tlp.RED), "more"), ContactCase.Manager with { Clearance = Tlp.AMBER }).ShouldBeRefused(RefusalKind.TlpDenied);

        team.When(new ChangeStanding(new TeamStanding([Role.DutyLead], [], ["*"], Tlp.RED), "leads the night"), ContactCase.Admin).ShouldBeAccepted();
        team.State.Standing!.Roles.ShouldBe([Role.DutyLead]);
        (team.Told().Headline, team.Told().Body).ShouldBe(("Reads as DutyLead; *; TLP:RED", "leads the night"));
        ContactCase.Registered().When(new ChangeStanding(new TeamStanding([Role.DutyLead]), "more"), ContactCase.Admin).ShouldBeRefusedBy("standing-of-team");
    }

    [Fact]
    public void Who_suspended_their_own_contact_reinstates_it()
    {
        var suspended = ContactCase.Registered().When(new SuspendContact(" ")).ShouldBeRefusedBy("reason-given")
            .When(new SuspendContact("away"), ContactCase.Other).ShouldBeRefusedBy("own-contact")
            .When(new SuspendContact("away")).ShouldBeAccepted();
        (suspended.State.Stage, suspended.State.SuspendedBy).ShouldBe((ContactState.Suspended, "spec-04"));
        suspended.When(new SuspendContact("away")).ShouldBeRefused(RefusalKind.IllegalTransition);

        suspended.When(new ReinstateContact("back")).ShouldBeAccepted();
        (suspended.State.Stage, suspended.State.SuspendedBy).ShouldBe((ContactState.Active, null));
        suspended.When(new ReinstateContact()).ShouldBeRefused(RefusalKind.IllegalTransition);
    }

    [Fact]
    public void What_somebody_else_suspended_is_reinstated_by_a_keeper()
    {
        var suspended = ContactCase.Registered().When(new SuspendContact("the account is in other hands"), ContactCase.Lead).ShouldBeAccepted();
        suspended.When(new ReinstateContact("all fine")).ShouldBeRefusedBy("own-suspension").ShouldBeRefused(RefusalKind.Forbidden);
        suspended.When(new ReinstateContact("called back"), ContactCase.Manager).ShouldBeAccepted();
    }

    [Fact]
    public void What_is_removed_is_over_with_all_its_addresses()
    {
        var removed = ContactCase.Reachable().When(new RemoveContact("")).ShouldBeRefusedBy("reason-given")
            .When(new RemoveContact("left"), ContactCase.Other).ShouldBeRefusedBy("own-contact")
            .When(new RemoveContact("left"), ContactCase.Admin).ShouldBeAccepted();

        (removed.State.Stage, removed.State.Open, removed.State.EndedAt).ShouldBe((ContactState.Removed, false, ContactCase.Start));
        removed.State.Addresses.ShouldAllBe(a => a.Removed);
        removed.When(new ChangeContact("fr")).ShouldBeRefused(RefusalKind.IllegalTransition);
        removed.When(new RemoveContact("again")).ShouldBeRefused(RefusalKind.IllegalTransition);
        ContactCase.Registered().When(new SuspendContact("away")).When(new RemoveContact("left")).ShouldBeAccepted();
    }

    [Theory]
    [InlineData("write to me@home.example")]
    [InlineData("call +43 1 5550100")]
    [InlineData("call 0664 5550100")]
    [InlineData("see https://chat.example/x")]
    public void No_text_that_stays_tells_an_address(string text)
    {
        ContactCase.Registered().When(new SuspendContact(text)).ShouldBeRefusedBy("address-untold");
        ContactCase.Registered().When(new RemoveContact(text)).ShouldBeRefusedBy("address-untold");
        ContactCase.Registered().When(new SuspendContact("away")).When(new ReinstateContact(text)).ShouldBeRefusedBy("address-untold");
        ContactCase.Reachable().When(new DisableAddress("AD-1", text)).ShouldBeRefusedBy("address-untold");
        ContactCase.Reachable().When(new VerifyAddress("AD-2", text)).ShouldBeRefusedBy("address-untold");
        ContactCase.RegisteredTeam().When(new ChangeStanding(new TeamStanding([Role.DutyLead]), text)).ShouldBeRefusedBy("address-untold");
    }

    [Theory]
    [InlineData("away from 01.05.2027 to 2027-06-12, 10:00")]
    [InlineData("the account of ESC-2027-000101 and CNT-0000017")]
    public void A_date_and_a_key_are_no_telephone_numbers(string text) => ContactCase.Registered().When(new SuspendContact(text)).ShouldBeAccepted();
}
