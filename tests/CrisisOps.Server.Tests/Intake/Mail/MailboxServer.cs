using CrisisOps.Server.Tests.Deliveries;
using CrisisOps.Server.Tests.Harness;
using MimeKit;

namespace CrisisOps.Server.Tests.Intake.Mail;

/// <summary>A server that reads a mailbox of the press (SRC-001) and one of a partner (SRC-002), and sends mail.</summary>
public class MailboxServer(TestPostgres postgres) : MailServer(postgres)
{
    public const string Press = "SRC-001";
    public const string OfPartner = "SRC-002";

    public ImapServer Imap { get; private set; } = null!;

    /// <summary>Name of the partner.</summary>
    public string PartnerName { get; private set; } = "";

    /// <summary>Whether the IMAP server tells of new mails.</summary>
    protected virtual bool Idle => true;

    protected override NodeOptions Options => base.Options with { Settings = new Dictionary<string, string>([.. base.Options.Settings, .. Mailbox(0, Press, "INBOX"), .. Mailbox(1, OfPartner, "Partner")]) };

    public override async ValueTask InitializeAsync()
    {
        Imap = await ImapServer.Start(Idle);
        await base.InitializeAsync();
        PartnerName = (await Partner()).Name;
        var manager = await this.Staff("pm-01", "partner-manager", "admin");
        (await manager.Send(HttpMethod.Post, "/v1/sources", new { name = "Press desk", kind = "Press", regions = new[] { "XN" } })).ShouldBe(201);
        (await manager.Send(HttpMethod.Post, "/v1/sources", new { name = "Their mail", kind = "TrustedPartner", partnerId = PartnerName, regions = new[] { "XN" } })).ShouldBe(201);
    }

    /// <summary>Delivers a mail and gives the case it belongs to once it is stored; empty when it is kept and raised nothing.</summary>
    public async Task<string> Takes(MimeMessage mail, string folder = "")
    {
        await Imap.Deliver(mail, folder);
        return await CaseOf(mail.MessageId!);
    }

    /// <summary>The case of a mail once it is stored, within seconds: the reader is told of it.</summary>
    public async Task<string> CaseOf(string reference)
    {
        List<string> found = [];
        await Eventually.Is(
            async () => (found = await Database.Column<string>("select coalesce(escalation, '') from crisis.alerts where reference = $1", reference)).Count > 0, $"the mail {reference} is stored", TimeSpan.FromSeconds(20));
        return found.Single();
    }

    /// <summary>Everything that was delivered is marked.</summary>
    public Task AllRead() => Eventually.Is(async () => await Imap.Unseen() == 0, "every mail is marked");

    public override async ValueTask DisposeAsync()
    {
        try
        {
            await base.DisposeAsync();
        }
        finally
        {
            await Imap.DisposeAsync();
            GC.SuppressFinalize(this);
        }
    }

    protected Dictionary<string, string> Mailbox(int number, string source, string folder) => new()
    {
        [$"Intake:Mailboxes:{number}:Source"] = source,
        [$"Intake:Mailboxes:{number}:Host"] = "127.0.0.1",
        [$"Intake:Mailboxes:{number}:Port"] = $"{Imap.Port}",
        [$"Intake:Mailboxes:{number}:Tls"] = "None",
        [$"Intake:Mailboxes:{number}:User"] = ImapServer.User,
        [$"Intake:Mailboxes:{number}:Password"] = ImapServer.Password,
        [$"Intake:Mailboxes:{number}:Folder"] = folder,
    };
}
