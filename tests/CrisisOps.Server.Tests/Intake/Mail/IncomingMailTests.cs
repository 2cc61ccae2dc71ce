using System.Text;
using CrisisOps.Domain.Intake;
using CrisisOps.Server.Intake.Mail;
using Shouldly;

namespace CrisisOps.Server.Tests.Intake.Mail;

/// <summary>What a mail is taken for, header by header.</summary>
public sealed class IncomingMailTests
{
    [Fact]
    public void A_mail_is_known_by_its_message_id_and_true_since_its_date()
    {
        var alert = Read("Message-ID: <1@daily.example>\nDate: Sat, 15 May 2027 15:10:00 +0200\nSubject: A title").Alert.Alert!;

        (alert.Format, alert.ExternalRef, alert.Title).ShouldBe((AlertFormat.Mail, "1@daily.example", "A title"));
        alert.OccurredAt.ShouldBe(new DateTimeOffset(2027, 5, 15, 13, 10, 0, TimeSpan.Zero));
        alert.Marks.ShouldBeEmpty();
    }

    [Fact]
    public void A_mail_without_an_id_goes_by_its_hash_and_one_without_a_subject_says_so()
    {
        var alert = Read("X: y").Alert.Alert!;

        alert.ExternalRef.ShouldStartWith("sha256:");
        alert.Title.ShouldBe("(no subject)");
        Read("X: y").Alert.Alert!.ExternalRef.ShouldBe(alert.ExternalRef);
        Read("X: z").Alert.Alert!.ExternalRef.ShouldNotBe(alert.ExternalRef);
    }

    [Fact]
    public void A_message_id_that_tells_the_address_of_its_writer_goes_by_its_hash() =>
        Read("From: Anna@daily.example\nMessage-ID: <2027.anna@daily.example>").Alert.Alert!.ExternalRef.ShouldBe(IncomingMail.HashOf("2027.anna@daily.example"));

    [Fact]
    public void A_thread_goes_by_its_first_mail_whoever_answers_to_what()
    {
        var first = Read("Message-ID: <1@x.example>").Alert.Alert!.DedupKey;

        Read("Message-ID: <3@x.example>\nIn-Reply-To: <2@x.example>\nReferences: <1@x.example> <2@x.example>").Alert.Alert!.DedupKey.ShouldBe(first);
        Read("Message-ID: <2@x.example>\nIn-Reply-To: <1@x.example>").Alert.Alert!.DedupKey.ShouldBe(first);
        Read("In-Reply-To: <2@x.example>\nReferences: <1@x.example> <2@x.example>").Parents.ShouldBe(["2@x.example", "1@x.example"]);
    }

    [Theory]
    [InlineData("Yes.\n\nOn Sat, 15 May 2027, Agora wrote:\n> No.\n> Why?\n", "Yes.")]
    [InlineData("> Is it?\nYes.\n> Since when?\nNoon.\n", "Yes.\nNoon.")]
    [InlineData("Ja.\n-----Ursprüngliche Nachricht-----\nVon: Agora\nNein.", "Ja.")]
    [InlineData("Yes.\n________________________________\nFrom: Agora\nSent: Saturday\n\nNo.", "Yes.")]
    [InlineData("The rule says:\nnothing is deleted.", "The rule says:\nnothing is deleted.")]
    [InlineData("> Only what was quoted.", "> Only what was quoted.")]
    public void A_reply_is_kept_without_what_it_answers_to(string text, string kept) =>
        Read("In-Reply-To: <1@x.example>\nContent-Type: text/plain; charset=utf-8", text).Alert.Alert!.Text.ShouldBe(kept);

    [Fact]
    public void Somebody_who_forwards_something_is_kept_with_it() =>
        Read("Subject: Fwd: x", "Look:\n> We will come.").Alert.Alert!.Text.ShouldBe("Look:\n> We will come.");

    [Fact]
    public void Of_html_the_words_are_kept() =>
        Read("Content-Type: text/html; charset=utf-8", "<html><head><title>no</title><style>p{}</style></head><body><p>Is it <b>true</b>&nbsp;&amp; why?</p><script>alert(1)</script><ul><li>One</ul></body></html>")
            .Alert.Alert!.Text.ShouldBe("Is it true & why?\nOne");

    [Fact]
    public void Nobodys_address_is_kept_in_what_they_wrote()
    {
        var mail = Read("From: A <anna@daily.example>\nSubject: Call anna@daily.example", "Me: ANNA@daily.example, him: bob.b+x@other.example, us: @agora");

        mail.Sender.ShouldBe("anna@daily.example");
        mail.Alert.Alert!.Title.ShouldBe("Call [address left out]");
        mail.Alert.Alert!.Text.ShouldBe("Me: [address left out], him: [address left out], us: @agora");
    }

    [Theory]
    [InlineData("From: not an address")]
    [InlineData("From: \"a\nBcc: b@x.example\" <>")]
    [InlineData("X: nobody")]
    public void A_mail_of_nobody_names_no_writer(string headers) => Read(headers).Sender.ShouldBeNull();

    [Theory]
    [InlineData("Auto-Submitted: auto-replied", true)]
    [InlineData("Auto-Submitted: no", false)]
    [InlineData("Precedence: bulk", true)]
    [InlineData("Precedence: first-class", false)]
    [InlineData("Content-Type: multipart/report; report-type=delivery-status; boundary=b", true)]
    [InlineData("Return-Path: <>", true)]
    [InlineData("From: MAILER-DAEMON@x.example", true)]
    [InlineData("From: alerts@agora.example", true)]
    [InlineData("Message-ID: <msg_0123456789abcdef0123456789abcdef@agora.example>", true)]
    [InlineData("X: y", false)]
    public void Who_is_a_machine(string headers, bool machine)
    {
        var mail = Read(headers, "I am away: anna@daily.example");

        mail.Alert.Alert!.Automatic.ShouldBe(machine);
        (mail.Alert.Alert!.Text is null).ShouldBe(machine);
    }

    [Fact]
    public void What_can_not_be_shown_is_taken_out_and_a_header_stays_one_line()
    {
        var alert = Read("Subject: =?utf-8?B?QQ0KQmNjOiBi4oCu?=\nContent-Language: de-AT, nonsense!", "a\u0007b").Alert.Alert!;

        alert.Title.ShouldBe("ABcc: b");
        alert.Text.ShouldBe("ab");
        alert.Languages.ShouldBe(["de-AT"]);
        alert.Marks.Count.ShouldBe(3);
    }

    [Fact]
    public void At_most_twenty_attachments_are_named_and_one_that_says_nonsense_of_itself_is_bytes()
    {
        var parts = string.Concat(Enumerable.Range(0, 25).Select(i => $"--b\nContent-Type: {(i == 0 ? "te\u0001xt/<x>" : "image/png")}\nContent-Disposition: attachment\n\nx\n"));
        var alert = Read("Content-Type: multipart/mixed; boundary=b", $"{parts}--b--\n").Alert.Alert!;

        alert.EvidenceRefs.Count.ShouldBe(20);
        alert.EvidenceRefs[0].ShouldMatch("^mail:[0-9a-f]{16}/1 application/octet-stream 1 kB$");
        alert.EvidenceRefs[19].ShouldMatch("^mail:[0-9a-f]{16}/20 image/png 1 kB$");
        alert.Marks.ShouldContain("attachments: only the first 20 are named.");
    }

    [Fact]
    public void Of_a_mail_that_is_too_long_its_beginning_is_read_and_that_is_marked()
    {
        var raw = Encoding.UTF8.GetBytes("Subject: Long\n\nThe beginning of");

        var alert = IncomingMail.Read(raw, whole: false, null).Alert.Alert!;

        (alert.Title, alert.Text).ShouldBe(("Long", "The beginning of"));
        alert.Marks.ShouldContain("mail: longer than 10 MB; only its beginning was read.");
    }

    [Fact]
    public void However_a_mail_is_broken_it_is_read()
    {
        var sample = Encoding.UTF8.GetBytes("From: a <a@x.example>\nSubject: =?utf-8?Q?=C3=A4?=\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\n=E4\n--b\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\nPGI+eDwvYj4=\n--b--\n");
        for (var seed = 0; seed < 3000; seed++)
        {
            var random = new Random(seed);
            var broken = sample.ToArray();
            for (var n = random.Next(1, 12); n > 0; n--)
            {
                broken[random.Next(broken.Length)] = (byte)random.Next(256);
            }

            var mail = IncomingMail.Read(broken[..random.Next(broken.Length + 1)], random.Next(2) == 0, "alerts@agora.example");

            mail.Alert.Alert.ShouldNotBeNull($"seed {seed}").Title.ShouldNotBeNullOrWhiteSpace();
            mail.Alert.Alert.DedupKey.ShouldNotBeNull();
        }
    }

    private static IncomingMail Read(string headers, string body = "") =>
        IncomingMail.Read(Encoding.UTF8.GetBytes($"{headers}\n\n{body}"), whole: true, "alerts@agora.example");
}
