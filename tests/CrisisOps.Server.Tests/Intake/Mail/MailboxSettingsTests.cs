using CrisisOps.Server.Intake.Mail;
using Shouldly;

namespace CrisisOps.Server.Tests.Intake.Mail;

/// <summary>A mailbox that could not be read stops the server at its start, and says why.</summary>
public sealed class MailboxSettingsTests
{
    private static readonly MailboxSettings _good = new() { Source = "SRC-001", Host = "imap.example", User = "press", Password = "p" };

    public static TheoryData<MailboxSettings, string> Bad { get; } = new()
    {
        { _good with { Source = "press" }, "Source" },
        { _good with { Host = "" }, "Host" },
        { _good with { Port = 0 }, "Port" },
        { _good with { Tls = MailboxTls.None }, "Tls None" },
        { _good with { User = "" }, "User" },
        { _good with { Password = null }, "Password" },
        { _good with { PasswordFile = "/run/secrets/press" }, "either" },
        { _good with { Folder = "" }, "folder" },
        { _good with { Processed = "INBOX" }, "another folder" },
    };

    [Fact]
    public void A_mailbox_is_encrypted_unless_it_is_on_this_machine()
    {
        _good.Checked().PortInUse.ShouldBe(993);
        (_good with { Tls = MailboxTls.StartTls }).Checked().PortInUse.ShouldBe(143);
        (_good with { Tls = MailboxTls.None, Host = "127.0.0.1" }).Checked().PortInUse.ShouldBe(143);
        _good.ToString().ShouldNotContain("press");
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public void What_no_mailbox_can_be_read_with_is_refused(MailboxSettings settings, string says) =>
        Should.Throw<InvalidOperationException>(settings.Checked).Message.ShouldContain(says);
}
