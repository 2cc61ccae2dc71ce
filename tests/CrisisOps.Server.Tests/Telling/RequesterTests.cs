using CrisisOps.Server.Tests.Deliveries;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Telling;

/// <summary>Whoever raised a case is answered, subscriber or not, in their channel and language, and hears nothing of the case but their answer.</summary>
public sealed class RequesterTests(MailServer server) : IClassFixture<MailServer>
{
    private static int _requesters;

    [Fact]
    public async Task A_requester_reads_the_answer_in_their_language_without_where_the_content_lies()
    {
        var (reference, address) = await Requester("de");
        var (spec, key) = await Raised(reference);
        await spec.Gives(key, "take", new { policyArea = "Spam" });

        await spec.Gives(key, "respond-to-requester", new { template = "requester-outcome", disclosureLevel = "Outcome", text = "Wir sehen uns https://agora.example/live/1 an." });

        var mail = await server.Letter(address, 2);
        mail.Subject.ShouldBe($"Antwort auf Ihre Meldung ({key})");
        mail.Text.ShouldContain("wird noch geprüft");
        mail.Text.ShouldContain("Wir sehen uns [link left out] an.");
        mail.Text.ShouldContain("Nächste Nachricht");
        server.Log.All.ShouldAllBe(line => !line.Contains(address));
    }

    [Fact]
    public async Task A_rejection_says_why_and_that_nothing_more_comes()
    {
        var (reference, address) = await Requester("en");
        var (_, key) = await Raised(reference);

        await (await server.Staff("lead-01", "duty-lead")).Gives(key, "reject", new { reason = "OutOfScope", explanation = "This is not on our platform." });

        var mail = await server.Letter(address, 2);
        mail.Text.ShouldContain("Your report: not taken up.");
        mail.Text.ShouldContain("This is not on our platform.");
        mail.Text.ShouldContain("There is no further message about this.");
    }

    [Fact]
    public async Task A_question_to_the_requester_reaches_them_with_its_due_time()
    {
        var (reference, address) = await Requester("en");
        var (spec, key) = await Raised(reference);

        await spec.Gives(key, "request-input", new { question = "When was this filmed?", dueAt = DateTimeOffset.UtcNow.AddHours(5), fromRequester = true });

        (await server.Letter(address, 2)).Text.ShouldContain("When was this filmed?");
    }

    [Fact]
    public async Task To_whom_an_answer_went_is_shown_to_core_only_for_it_says_who_asked()
    {
        var (reference, address) = await Requester("en");
        var (spec, key) = await Raised(reference);
        await spec.Gives(key, "request-input", new { question = "May this stay up?", dueAt = DateTimeOffset.UtcNow.AddHours(5), function = "Legal" });
        await spec.Gives(key, "request-input", new { question = "When was this filmed?", dueAt = DateTimeOffset.UtcNow.AddHours(5), fromRequester = true });
        await server.Database.RulesHeard();

        (await server.Letter(address, 2)).Text.ShouldContain("When was this filmed?");
        (await server.Deliveries($"incident={key}&kind=RequesterQuestion")).ShouldHaveSingleItem();
        var counsel = await server.As("legal-09", roles: ["legal-counsel"], clearance: "RED");
        (await counsel.Get($"/v1/deliveries?incident={key}&kind=RequesterQuestion")).ShouldBe(200).Json.GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    private async Task<(Api Spec, string Key)> Raised(string reference)
    {
        var spec = await server.Staff("spec-04", "specialist");
        var raised = await spec.Send(HttpMethod.Post, "/v1/escalations", new
        {
            title = "A post",
            source = "UserReport",
            surface = "Live",
            region = new[] { StreamCalls.NewRegion() },
            requester = new { contactRef = reference },
            contentRefs = new[] { new { itemId = "1", itemType = "video", url = "https://agora.example/live/1" } },
        });
        return (spec, raised.ShouldBe(201).Key);
    }

    /// <summary>A requester with a confirmed address, which has got one mail: the one that asked for the confirmation.</summary>
    private async Task<(string Reference, string Address)> Requester(string language)
    {
        var reference = $"REQ-{Interlocked.Increment(ref _requesters)}";
        var address = $"requester-{_requesters}@outside.example";
        var spec = await server.Staff("spec-04", "specialist");
        var contact = (await spec.Send(HttpMethod.Post, "/v1/contacts", new { kind = "Requester", @ref = reference, language })).ShouldBe(201).Key;
        await spec.Gives(contact, "register-address", new { channel = "Email", address });
        (await server.Follow((await server.Letter(address, 1)).Link())).ShouldBe(200);
        return (reference, address);
    }
}
