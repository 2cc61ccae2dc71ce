using CrisisOps.Domain.Contacts;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Contacts;

/// <summary>Who is registered as a contact, by whom, and what a team reads.</summary>
public class RegisterContactTests
{
    [Fact]
    public void A_colleague_registers_themselves()
    {
        var registered = ContactCase.Registered();

        (registered.State.Stage, registered.State.Kind, registered.State.Ref, registered.State.Language, registered.State.Tz, registered.State.RegisteredBy, registered.State.RegisteredAt)
            .ShouldBe((ContactState.Active, ContactKind.Person, "spec-04", "de-AT", "Europe/Vienna", "spec-04", ContactCase.Start));
        (registered.State.Standing, registered.State.Tlp, registered.State.Addresses.IsEmpty).ShouldBe((null, Tlp.AMBER, true));
        registered.Told().Headline.ShouldBe("Contact registered: spec-04 (Person)");
        registered.Told().Others.Keys.ShouldBe([Audience.CrossFunctional]);
        var plain = new ContactCase().When(new RegisterContact(ContactKind.Person, " spec-04 ")).ShouldBeAccepted();
        (plain.State.Ref, plain.State.Language, plain.State.Tz).ShouldBe(("spec-04", "en", "UTC"));
    }

    [Fact]
    public void Somebody_else_and_a_team_are_registered_by_who_keeps_them()
    {
        foreach (var keeper in new[] { ContactCase.Manager, ContactCase.Lead, ContactCase.Admin })
        {
            new ContactCase().When(ContactCase.Own, keeper).ShouldBeAccepted();
            new ContactCase().When(ContactCase.Team, keeper).ShouldBeAccepted();
        }

        foreach (var other in new[] { ContactCase.Other, ContactCase.Person("exec-01", Role.Executive), ContactCase.Person("legal-01", Role.LegalCounsel) })
        {
            new ContactCase().When(ContactCase.Own, other).ShouldBeRefusedBy("own-contact").ShouldBeRefused(RefusalKind.Forbidden);
            new ContactCase().When(ContactCase.Team with { Ref = other.Id }, other).ShouldBeRefusedBy("own-contact");
            new ContactCase().When(ContactCase.Own with { Ref = other.Id }, other).ShouldBeAccepted();
        }

        ((Ruling.Refused)new ContactCase().When(ContactCase.Own, ContactCase.Other).Last).Refusal.Roles.ShouldBe([Role.PartnerManager, Role.DutyLead, Role.Admin]);
        new ContactCase().When(ContactCase.Own, ContactCase.Person("spec-04", Role.Partner)).ShouldBeRefusedBy("role");
        new ContactCase().When(ContactCase.Own, Caller.System).ShouldBeRefusedBy("requester-by-rule").ShouldBeRefused(RefusalKind.Forbidden);
        new ContactCase().When(ContactCase.Team, Caller.System).ShouldBeRefusedBy("requester-by-rule");
    }

    [Fact]
    public void A_requester_is_registered_by_who_answers_them()
    {
        foreach (var answerer in new[] { Role.Specialist, Role.DutyLead, Role.Communications, Role.LegalCounsel, Role.PartnerManager })
        {
            new ContactCase().When(ContactCase.Requester, ContactCase.Person("somebody", answerer)).ShouldBeAccepted();
        }

        new ContactCase().When(ContactCase.Requester, Caller.System).ShouldBeAccepted();

        foreach (var other in new[] { Role.Admin, Role.Executive, Role.Analyst, Role.PolicyExpert, Role.ElectionLead })
        {
            new ContactCase().When(ContactCase.Requester, ContactCase.Person("CNT-1", other)).ShouldBeRefusedBy("own-contact");
        }
    }

    [Fact]
    public void It_stands_for_one_person_team_or_requester()
    {
        Refused(ContactCase.Own with { Ref = " " }, "ref-given");
        ContactCase.Own.Facts(Contact.None).ShouldBe([("contact-ref", "spec-04")]);
        new ContactCase().Knowing(c => c with { Facts = c.Facts.SetItem("contact-ref/spec-04", "CNT-000009") }).When(ContactCase.Own).ShouldBeRefusedBy("contact-ref-unique");
        ContactCase.Registered().When(ContactCase.Own).ShouldBeRefused(RefusalKind.IllegalTransition);
    }

    [Theory]
    [InlineData("Jane Roe")]
    [InlineData("jane@site.example")]
    [InlineData("+43 1 5550100")]
    [InlineData("CNT-")]
    public void A_requester_is_a_reference_and_never_a_person(string reference) => Refused(ContactCase.Requester with { Ref = reference }, "ref-opaque");

    [Fact]
    public void A_team_has_a_name_and_no_address() => Refused(ContactCase.Team with { Ref = "desk@team.example" }, "ref-opaque");

    [Fact]
    public void A_team_says_as_what_it_reads()
    {
        Refused(ContactCase.Team with { Standing = null }, "standing-given");
        Refused(ContactCase.Team with { Standing = new TeamStanding([], null, ["XN"]) }, "standing-given");
        Refused(ContactCase.Team with { Standing = new TeamStanding([Role.System]) }, "standing-role");
        Refused(ContactCase.Team with { Standing = new TeamStanding([Role.Specialist], [], [ContactCase.Mail]) }, "address-untold");
        Refused(ContactCase.Own with { Standing = new TeamStanding([Role.Specialist]) }, "standing-of-team");
        Refused(ContactCase.Requester with { Standing = new TeamStanding([Role.Specialist]) }, "standing-of-team");

        var team = ContactCase.RegisteredTeam().State.Standing.ShouldNotBeNull();
        team.Roles.ShouldBe([Role.Specialist]);
        team.Functions.ShouldBe([Function.Comms]);
        team.Regions.ShouldBe(["XN"]);
        team.Clearance.ShouldBe(Tlp.AMBER);
        ContactCase.RegisteredTeam().Told().Body.ShouldBe("Specialist, Comms; XN; TLP:AMBER");
    }

    [Fact]
    public void Nobody_clears_a_team_above_themselves()
    {
        var green = ContactCase.Manager with { Clearance = Tlp.GREEN };
        new ContactCase().When(ContactCase.Team, green).ShouldBeRefusedBy("standing-clearance").ShouldBeRefused(RefusalKind.TlpDenied);
        new ContactCase().When(ContactCase.Team with { Standing = new TeamStanding([Role.Specialist], Clearance: Tlp.GREEN) }, green).ShouldBeAccepted();
    }

    [Theory]
    [InlineData("German", null, "language-known")]
    [InlineData("de_AT", null, "language-known")]
    [InlineData("de\n", null, "language-known")]
    [InlineData(null, "CET", "zone-known")]
    [InlineData(null, "Europe/Nowhere", "zone-known")]
    [InlineData(null, "../etc/passwd", "zone-known")]
    public void It_is_written_to_in_a_language_and_a_zone_that_are_known(string? language, string? tz, string guard) => Refused(ContactCase.Own with { Language = language, Tz = tz }, guard);

    private static void Refused(RegisterContact command, string guard) => new ContactCase().When(command, ContactCase.Lead).ShouldBeRefusedBy(guard);
}
