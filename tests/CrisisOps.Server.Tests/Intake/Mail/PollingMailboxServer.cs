using CrisisOps.Server.Tests.Harness;

namespace CrisisOps.Server.Tests.Intake.Mail;

/// <summary>The same with a mail server that tells of nothing, and mails that are put away when they are stored.</summary>
public sealed class PollingMailboxServer(TestPostgres postgres) : MailboxServer(postgres)
{
    protected override bool Idle => false;

    protected override NodeOptions Options => base.Options with { Settings = new Dictionary<string, string>(base.Options.Settings) { ["Intake:Mailboxes:0:Processed"] = "Done" } };
}
