using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Partners;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Partners;

public class ProposePartnerTests
{
    [Fact]
    public void A_partner_manager_proposes_one_that_may_be_sent_green()
    {
        var proposed = PartnerCase.Proposed(p => p with { Name = " OpenHash Exchange " });
        (proposed.State.Stage, proposed.State.Name, proposed.State.Type, proposed.State.TlpClearance, proposed.State.ProposedBy, proposed.State.Open)
            .ShouldBe((PartnerState.Proposed, "OpenHash Exchange", PartnerType.HashSharingBody, Tlp.GREEN, "pm-01", true));
        proposed.State.Regions.ShouldBe(["XN"]);
        proposed.State.Contacts.ShouldBe([new PartnerContact("CNT-1", "duty officer", Channel.Phone, "Europe/Vienna", "Mo-Fr")]);
        (proposed.State.Tlp, proposed.State.AgreementRef, proposed.State.Precision, proposed.State.ProposedAt).ShouldBe((Tlp.AMBER, null, null, PartnerCase.Start));
        (proposed.Told().Headline, proposed.Told().Body).ShouldBe(("Partner proposed: OpenHash Exchange", "HashSharingBody, XN"));
        proposed.Told().Others.Keys.ShouldBe([Audience.CrossFunctional, Audience.Executive], ignoreOrder: true);
        proposed.Told().Others[Audience.Executive].Body.ShouldBeNull();
        PartnerCase.Proposed(p => p with { Regions = null }).Told().Body.ShouldBe("HashSharingBody, everywhere");
    }

    [Fact]
    public void Nobody_else_proposes_one_and_nobody_twice()
    {
        new PartnerCase().When(PartnerCase.Proposal, PartnerCase.Lead).ShouldBeRefused(RefusalKind.Forbidden);
        new PartnerCase().When(PartnerCase.Proposal, Caller.System).ShouldBeRefused(RefusalKind.Forbidden);
        PartnerCase.Proposed().When(PartnerCase.Proposal).ShouldBeRefused(RefusalKind.IllegalTransition);
    }

    [Fact]
    public void Its_name_is_its_own()
    {
        Refused(p => p with { Name = " " }, "name-given");
        PartnerCase.Proposal.Facts(Partner.None).ShouldBe([("partner-name", "openhash exchange")]);
        PartnerNameGuard.FactId("  OPENHASH Exchange ").ShouldBe("openhash exchange");
        new PartnerCase().Knowing(c => c with { Facts = c.Facts.SetItem("partner-name/openhash exchange", "PRT-009") }).When(PartnerCase.Proposal).ShouldBeRefusedBy("partner-name-unique");
    }

    [Theory]
    [InlineData("Jane Roe")]
    [InlineData("jane@hash.example")]
    [InlineData("+43 1 5550100")]
    [InlineData("CNT-")]
    [InlineData("CNT-1\n")]
    [InlineData(null)]
    public void A_contact_is_a_reference_and_never_a_person(string? reference) => RefusedContact(new PartnerContact(reference!, "duty officer", Channel.Phone), "contact-reference");

    [Fact]
    public void A_contact_has_a_role_and_a_zone_that_is_known()
    {
        RefusedContact(null, "contact-reference");
        RefusedContact(new PartnerContact("CNT-1", " ", Channel.Phone), "contact-role");
        RefusedContact(new PartnerContact("CNT-1", "jane@hash.example", Channel.Phone), "contact-role");
        RefusedContact(new PartnerContact("CNT-1", "duty officer", Channel.Phone, "CET"), "zone-known");
    }

    private static void Refused(Func<ProposePartner, ProposePartner> with, string guard) => new PartnerCase().When(with(PartnerCase.Proposal)).ShouldBeRefusedBy(guard);

    private static void RefusedContact(PartnerContact? contact, string guard) => Refused(p => p with { Contacts = [contact] }, guard);
}
