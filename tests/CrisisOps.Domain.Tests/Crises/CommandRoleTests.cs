using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Crises;

/// <summary>Never two commanders, after the first never none; and a role gives its commands in that crisis only.</summary>
public class CommandRoleTests
{
    [Fact]
    public void There_is_one_commander()
    {
        var commanded = CrisisCase.Commanded();
        commanded.When(new AssignRole(CommandRole.IncidentCommander, "ic-05")).ShouldBeRefusedBy("one-commander");
        commanded.When(new ReleaseRole(CommandRole.IncidentCommander)).ShouldBeRefusedBy("commander-remains");
        commanded.When(new ReleaseRole(CommandRole.IncidentCommander), CrisisCase.Commander).ShouldBeRefusedBy("commander-remains");
    }

    [Fact]
    public void Other_roles_have_one_holder_and_advisors_several()
    {
        var commanded = CrisisCase.Commanded(CommandRole.Deputy);
        commanded.When(new AssignRole(CommandRole.Deputy, "ic-05")).ShouldBeRefusedBy("role-vacant");
        commanded.When(new AssignRole(CommandRole.RegionalLead, "ic-05", "XN")).ShouldBeAccepted().When(new AssignRole(CommandRole.RegionalLead, "spec-04", "XM")).ShouldBeAccepted();
        commanded.When(new AssignRole(CommandRole.RegionalLead, "spec-04")).ShouldBeRefusedBy("role-vacant");
        commanded.When(new ReleaseRole(CommandRole.RegionalLead, "spec-04")).ShouldBeAccepted().State.HolderOf(CommandRole.RegionalLead).ShouldBe("ic-05");
    }

    [Fact]
    public void Whoever_holds_a_role_is_known_and_cleared()
    {
        var declared = CrisisCase.Declared();
        declared.When(new AssignRole(CommandRole.Scribe, "nobody")).ShouldBeRefusedBy("person-known");
        declared.Knowing(c => c with { People = c.People.SetItem("spec-04", CrisisCase.Facts("spec-04", Tlp.GREEN)) })
            .When(new AssignRole(CommandRole.Scribe, "spec-04")).ShouldBeRefusedBy("person-cleared");
    }

    [Fact]
    public void Command_passes_with_a_briefing_and_is_announced()
    {
        var commanded = CrisisCase.Commanded(CommandRole.Deputy);
        commanded.When(new TransferCommand("ic-05", " "), CrisisCase.Commander).ShouldBeRefusedBy("briefed");
        commanded.When(new TransferCommand("ic-01", "SitRep #7"), CrisisCase.Commander).ShouldBeRefusedBy("commander-changes");
        commanded.When(new TransferCommand("nobody", "SitRep #7"), CrisisCase.Commander).ShouldBeRefusedBy("person-known");
        commanded.When(new TransferCommand("ic-05", "SitRep #7"), CrisisCase.Deputy).ShouldBeRefusedBy("crisis-role");

        commanded.When(new TransferCommand("dep-01", "SitRep #7"), CrisisCase.Commander).ShouldBeAccepted();
        commanded.State.Commander.ShouldBe("dep-01");
        commanded.State.HolderOf(CommandRole.Deputy).ShouldBeNull();
        commanded.State.Served.ShouldBe(["ic-01", "dep-01"]);
        commanded.Told().Others[Audience.Executive].Headline.ShouldBe("dep-01 commands");
    }

    [Fact]
    public void Nobody_hands_over_a_command_that_nobody_has() =>
        CrisisCase.Declared().When(new TransferCommand("ic-05", "SitRep #7")).ShouldBeRefusedBy("commander-named");

    [Fact]
    public void A_deputy_or_a_lead_assumes_command_with_a_reason()
    {
        var commanded = CrisisCase.Commanded(CommandRole.Deputy);
        commanded.When(new AssumeCommand("page unanswered"), CrisisCase.Specialist).ShouldBeRefusedBy("crisis-role");
        commanded.When(new AssumeCommand(""), CrisisCase.Deputy).ShouldBeRefusedBy("reason-given");
        commanded.When(new AssumeCommand("page unanswered"), CrisisCase.Commander).ShouldBeRefusedBy("commander-changes");
        commanded.When(new AssumeCommand("page unanswered"), CrisisCase.Deputy).ShouldBeAccepted().Recorded<CommandAssumed>().From.ShouldBe("ic-01");
        commanded.When(new AssumeCommand("deputy unwell"), CrisisCase.Lead).ShouldBeAccepted().State.Roles.Count(r => r.Role == CommandRole.IncidentCommander).ShouldBe(1);
    }

    [Fact]
    public void A_holder_gives_up_a_role_of_their_own()
    {
        CrisisCase.Commanded(CommandRole.Scribe).When(new ReleaseRole(CommandRole.Scribe), CrisisCase.Specialist).ShouldBeAccepted();
        CrisisCase.Commanded(CommandRole.LiaisonOfficer).When(new ReleaseRole(CommandRole.LiaisonOfficer), CrisisCase.Specialist).ShouldBeRefusedBy("crisis-role");
        CrisisCase.Commanded().When(new ReleaseRole(CommandRole.Scribe), CrisisCase.Commander).ShouldBeRefusedBy("role-held");
    }

    [Fact]
    public void While_nobody_commands_a_lead_gives_everything_and_afterwards_not()
    {
        var lever = new ActivateLever(LeverKind.DedicatedQueue, "XN", TimeSpan.FromHours(1));
        CrisisCase.Declared().When(lever).ShouldBeAccepted();
        var refusal = CrisisCase.Commanded().When(lever).ShouldBeRefusedBy("crisis-role").Last.ShouldBeOfType<Ruling.Refused>().Refusal;
        refusal.Detail.ShouldContain("ic-01");
        refusal.Roles.ShouldBeEmpty();
    }

    [Fact]
    public void The_deputy_gives_all_but_standing_down()
    {
        var reported = CrisisCase.Reported();
        reported.When(new StandDown(), CrisisCase.Deputy).ShouldBeRefusedBy("crisis-role");
        reported.When(new StandDown(), CrisisCase.Lead).ShouldBeRefusedBy("crisis-role");
        reported.When(new Reescalate("again"), CrisisCase.Deputy).ShouldBeAccepted();
    }

    [Fact]
    public void Each_role_gives_its_own_commands()
    {
        var commanded = CrisisCase.Commanded(CommandRole.PlanningSectionChief, CommandRole.LiaisonOfficer, CommandRole.PublicInformationOfficer);
        var alert = new IssueAlert(["VideoHub Alliance"], "Live video", "Please match.");
        commanded.When(alert, CrisisCase.Planner).ShouldBeRefusedBy("crisis-role").When(alert, CrisisCase.Liaison).ShouldBeAccepted();
        commanded.When(CrisisCase.Report, CrisisCase.Liaison).ShouldBeRefusedBy("crisis-role").When(CrisisCase.Report, CrisisCase.Planner).ShouldBeAccepted();
        commanded.When(new DraftPublicUpdate("We are aware."), CrisisCase.Planner).ShouldBeRefusedBy("crisis-role").When(new DraftPublicUpdate("We are aware."), CrisisCase.Press).ShouldBeAccepted();
        commanded.When(new PostCrisisNote("noted"), CrisisCase.Counsel).ShouldBeRefusedBy("crisis-role").When(new PostCrisisNote("noted"), CrisisCase.Planner).ShouldBeAccepted();
    }

    [Fact]
    public void Everything_that_belongs_to_the_command_is_refused_to_a_specialist()
    {
        var given = CrisisCase.Commanded(CommandRole.LiaisonOfficer).When(new IssueAlert(["VideoHub Alliance"], "Live video", "Please match."), CrisisCase.Liaison);
        var by = CrisisCase.Specialist;
        given.When(new ChangeLevel(CrisisLevel.Level2, "less"), by).ShouldBeRefusedBy("crisis-role");
        given.When(new ReclassifyCrisis(CrisisType.Other), by).ShouldBeRefusedBy("crisis-role");
        given.When(new AssignRole(CommandRole.Scribe, "spec-04"), by).ShouldBeRefusedBy("crisis-role");
        given.When(new ActivateLever(LeverKind.DedicatedQueue, "XN", TimeSpan.FromHours(1)), by).ShouldBeRefusedBy("crisis-role");
        given.When(new ExtendLever("LEV-1", TimeSpan.FromHours(1), "x"), by).ShouldBeRefusedBy("crisis-role");
        given.When(new DeactivateLever("LEV-1", "x"), by).ShouldBeRefusedBy("crisis-role");
        given.When(new UpdateAlert(CrisisCase.Alert, "x", "y"), by).ShouldBeRefusedBy("crisis-role");
        given.When(new CancelAlert(CrisisCase.Alert), by).ShouldBeRefusedBy("crisis-role");
        given.When(new RecordPartnerAck(CrisisCase.Alert, "VideoHub Alliance", Channel.Phone, "x"), by).ShouldBeRefusedBy("crisis-role");
        given.When(new RecordCommandDecision("?", ["a", "b"], "a", "x"), by).ShouldBeRefusedBy("crisis-role");
        given.When(new ReferCrisisToLawEnforcement("a", "b", "c"), by).ShouldBeRefusedBy("crisis-role");
        given.When(new Stabilize(["x"]), by).ShouldBeRefusedBy("crisis-role");
        given.When(new AnnulDeclaration("x"), by).ShouldBeRefusedBy("crisis-role");
        given.When(new MergeCrisis("CR-2027-0008"), by).ShouldBeRefusedBy("crisis-role");
        given.When(new ApprovePublicUpdate("PD-1"), by).ShouldBeRefusedBy("crisis-role");
        given.When(new ReleaseHoldingLine(), by).ShouldBeRefusedBy("crisis-role");
        given.When(new UnmaskTerm("x", "y"), by).ShouldBeRefusedBy("crisis-role");
        given.When(new MarkSitRepOverdue(1), by).ShouldBeRefusedBy("role");
    }
}
