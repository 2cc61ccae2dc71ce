using CrisisOps.Server.Tests.Harness;
using CrisisOps.Server.Tests.Timelines;
using Shouldly;

namespace CrisisOps.Server.Tests.Intake.Mail;

/// <summary>What is written back and forth about a case stays with that case.</summary>
public sealed class MailThreadTests(MailboxServer server) : IClassFixture<MailboxServer>
{
    [Fact]
    public async Task A_reply_folds_into_the_case_of_its_thread_and_core_reads_what_it_says()
    {
        var writer = Mails.NewWriter();
        var first = Mails.From(writer);
        var key = await server.Takes(first);
        var reply = first.Answering(writer, "Any news?\n\nOn Saturday you wrote:\n> Please answer by noon.");

        (await server.Takes(reply)).ShouldBe(key);

        await server.AllRead();
        await server.Tallied();
        var specialist = await Specialist();
        (await specialist.Read(key)).GetProperty("reportCount").GetInt32().ShouldBe(2);
        var note = (await specialist.Timeline(key)).Single(e => e.GetRawText().Contains("A further mail")).GetRawText();
        note.ShouldContain("Any news?");
        note.ShouldNotContain("by noon");
        await specialist.Gives(key, "request-input", new { question = "May this stay up?", dueAt = DateTimeOffset.UtcNow.AddHours(5), function = "Legal" });
        var counsel = await server.As("legal-09", ["legal-counsel"], ["*"], "RED", ["Legal"]);
        (await counsel.Timeline(key)).ShouldAllBe(e => !e.GetRawText().Contains("Any news?"));
    }

    [Fact]
    public async Task A_reply_of_somebody_else_who_was_copied_belongs_there_too()
    {
        var first = Mails.From(Mails.NewWriter());
        var key = await server.Takes(first);
        var second = first.Answering(Mails.NewWriter(), "I add something.");
        (await server.Takes(second)).ShouldBe(key);

        (await server.Takes(second.Answering(Mails.NewWriter(), "And I."))).ShouldBe(key);
    }

    [Fact]
    public async Task Mails_of_one_thread_meet_although_its_beginning_was_not_sent_to_us()
    {
        var unseen = Mails.From(Mails.NewWriter());
        var key = await server.Takes(unseen.Answering(Mails.NewWriter(), "We forward this."));

        (await server.Takes(unseen.Answering(Mails.NewWriter(), "And this."))).ShouldBe(key);
        (await server.Takes(unseen)).ShouldBe(key);
    }

    [Fact]
    public async Task A_reply_to_a_case_that_is_over_raises_a_new_one_that_names_it()
    {
        var writer = Mails.NewWriter();
        var first = Mails.From(writer);
        var old = await server.Takes(first);
        await (await server.Staff("lead-01", "duty-lead")).Gives(old, "reject", new { reason = "OutOfScope", explanation = "We do not comment." });
        (await server.Letter(writer, 1)).Text.ShouldContain("We do not comment.");

        var key = await server.Takes(first.Answering(writer, "Look again."));

        key.ShouldNotBe(old);
        await server.AllRead();
        (await (await Specialist()).Timeline(key)).ShouldContain(e => e.GetRawText().Contains($"A reply in the thread of {old}, which was over"));
    }

    [Fact]
    public async Task Whoever_wrote_is_answered_by_mail_in_their_language_below_what_they_wrote_and_their_reply_folds()
    {
        var writer = Mails.NewWriter();
        var mail = Mails.From(writer, change: m => m.Headers.Add("Content-Language", "de"));
        var key = await server.Takes(mail);
        await (await Specialist()).Gives(key, "take", new { policyArea = "MediaInquiry" });
        await (await server.Staff("pio-01", "communications")).Gives(key, "respond-to-requester", new { template = "requester-outcome", disclosureLevel = "Outcome", text = "Wir prüfen das." });

        var answer = await server.Smtp.Mail(writer, 1);
        answer.Subject.ShouldBe($"Antwort auf Ihre Meldung ({key})");
        answer.TextBody!.ShouldContain("Wir prüfen das.");
        answer.InReplyTo.ShouldBe(mail.MessageId);
        answer.References.ShouldBe([mail.MessageId!]);

        var reply = Mails.From(writer, $"Re: {answer.Subject}", "Danke.", m => m.InReplyTo = answer.MessageId!);
        (await server.Takes(reply)).ShouldBe(key);
    }

    [Fact]
    public async Task A_reply_to_what_we_sent_about_a_case_that_came_in_otherwise_belongs_to_that_case()
    {
        var writer = Mails.NewWriter();
        var specialist = await Specialist();
        var known = (await specialist.Read(await server.Takes(Mails.From(writer)))).GetProperty("requester").GetProperty("contactRef").GetString();
        var key = await specialist.Raised(new { source = "UserReport", requester = new { contactRef = known } });
        await specialist.Gives(key, "take", new { policyArea = "Spam" });
        await specialist.Gives(key, "request-input", new { question = "When was this filmed?", dueAt = DateTimeOffset.UtcNow.AddHours(5), fromRequester = true });
        var question = await server.Smtp.Mail(writer, 1);
        question.InReplyTo.ShouldBeNull();

        (await server.Takes(question.Answering(writer, "At noon."))).ShouldBe(key);

        await server.AllRead();
        (await specialist.Timeline(key)).ShouldContain(e => e.GetRawText().Contains("At noon."));
    }

    [Fact]
    public async Task Our_own_mail_that_comes_back_raises_nothing()
    {
        var writer = Mails.NewWriter();
        var first = Mails.From(writer);
        var key = await server.Takes(first);
        await (await server.Staff("lead-01", "duty-lead")).Gives(key, "reject", new { reason = "OutOfScope", explanation = "We do not comment." });
        var ours = await server.Smtp.Mail(writer, 1);
        ours.Headers.Remove("Auto-Submitted");

        (await server.Takes(ours)).ShouldBeEmpty();
    }

    private Task<Api> Specialist() => server.Staff("spec-04", "specialist");
}
