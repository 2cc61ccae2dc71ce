using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Intake.Mail;

/// <summary>A mail server that knows no IDLE is asked, and mails can be put away.</summary>
public sealed class PollingMailboxTests(PollingMailboxServer server) : IClassFixture<PollingMailboxServer>
{
    [Fact]
    public async Task Mails_are_found_by_asking_and_put_away_once_they_are_stored()
    {
        await server.Takes(Mails.From(Mails.NewWriter()));
        await server.Takes(Mails.From(Mails.NewWriter()));

        await Eventually.Is(async () => await server.Imap.Count("Done") == 2, "both are put away");
        (await server.Imap.Count()).ShouldBe(0);
    }
}
