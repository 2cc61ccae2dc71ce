using System.CommandLine;
using System.Text;
using System.Text.Json;
using CrisisOps.Cli;
using CrisisOps.Proof.Bundles;
using Shouldly;

namespace CrisisOps.Proof.Tests;

/// <summary><c>crisisops verify</c> as somebody gives it: its sentences and its exit codes.</summary>
public sealed class VerifyCommandTests : IDisposable
{
    private readonly RecordedHistory _history = RecordedHistory.OfNorland();
    private readonly string _folder = Directory.CreateTempSubdirectory("crisisops-verify").FullName;

    [Fact]
    public void A_proven_bundle_says_what_is_proven_and_what_is_not()
    {
        var (code, text, _) = Run("verify", Bundle());

        code.ShouldBe(0);
        text.ShouldStartWith("PROVEN: CR-2027-0007, as exported by reviewer-01");
        text.ShouldContain("12 events of 1 stream stand here as they were recorded");
        text.ShouldContain($"That the key {_history.Key.Id} is the server's");
        text.ShouldContain("give --anchor");
    }

    [Fact]
    public void Of_a_single_event_it_speaks_in_the_singular()
    {
        var history = new RecordedHistory();
        history.Record("CR-2027-0007");
        history.Withheld[0] = LineWords.Redacted;
        history.Sign();

        var (_, text, _) = Run("verify", Write("one.jsonl", Encoding.UTF8.GetString(history.Export("CR-2027-0007"))));

        text.ShouldContain("1 event of 1 stream stands here as it was recorded, in the order in which it was chained:");
        text.ShouldContain("It is part of the one history of 1 event ");
        text.ShouldContain("from each of 1 head that was signed since");
        text.ShouldContain("1 event is here without its content (redacted): when and where it was recorded is proven.");
    }

    [Fact]
    public void With_key_and_anchor_less_is_left_to_believe()
    {
        var (code, text, _) = Run("verify", Bundle(), "--key", Write("key.pem", PublicKeys.PemOf(_history.Key.PublicKey)), "--anchor", Anchors());

        code.ShouldBe(0);
        text.ShouldContain("which is the head of this bundle");
        text.ShouldNotContain("is the server's");
        text.ShouldNotContain("--anchor");
    }

    [Fact]
    public void The_key_may_come_as_PEM_as_base64_or_as_the_server_answers()
    {
        var bytes = Convert.ToBase64String(_history.Key.PublicKey);
        foreach (var text in (string[])[PublicKeys.PemOf(_history.Key.PublicKey), bytes, $$"""{"items":[{"id":"x","publicKey":"{{bytes}}"}],"next":null}""", PublicKeys.PemOf(SigningKey.FromSeed(new byte[31].Append((byte)1).ToArray()).PublicKey) + "\n" + PublicKeys.PemOf(_history.Key.PublicKey)])
        {
            Run("verify", Bundle(), "--key", Write("key", text)).Code.ShouldBe(0, text);
        }
    }

    [Fact]
    public void A_changed_bundle_is_not_proven_and_the_event_is_named()
    {
        var bundle = Bundle();
        File.WriteAllText(bundle, File.ReadAllText(bundle).Replace("Update 7,", "Update 8,", StringComparison.Ordinal));

        var (code, text, _) = Run("verify", bundle);

        code.ShouldBe(1);
        text.ShouldStartWith("NOT PROVEN.");
        text.ShouldContain("event CR-2027-0007@7: its content is not what was recorded");
    }

    [Fact]
    public void A_bundle_that_is_cut_off_is_said_to_be_incomplete()
    {
        var bundle = Bundle();
        File.WriteAllBytes(bundle, File.ReadAllBytes(bundle)[..2000]);

        var (code, text, _) = Run("verify", bundle);

        code.ShouldBe(1);
        text.ShouldStartWith("NOT PROVEN: the bundle is incomplete.");
    }

    [Fact]
    public void Another_key_than_the_one_that_signed_is_refused()
    {
        var (code, text, _) = Run("verify", Bundle(), "--key", Write("key.pem", PublicKeys.PemOf(SigningKey.FromSeed([.. Enumerable.Repeat((byte)9, 32)]).PublicKey)));

        code.ShouldBe(1);
        text.ShouldContain($"signed with the key {_history.Key.Id}, which is none of the keys that are trusted");
    }

    [Fact]
    public void What_can_not_be_read_has_an_exit_code_of_its_own()
    {
        var bundle = Bundle();
        Run("verify", Path.Combine(_folder, "nothing")).Code.ShouldBe(2);
        Run("verify", _folder).Code.ShouldBe(2);
        Run("verify", bundle, "--key", Write("key", "no key")).Error.ShouldContain("holds no public Ed25519 key");
        Run("verify", bundle, "--key", Write("key", "no key")).Code.ShouldBe(2);
        Run("verify", bundle, "--anchor", Write("anchor", "{}\n")).Code.ShouldBe(2);
        Run("verify", bundle, "--unknown").Code.ShouldBe(2);
        Run("verify").Code.ShouldBe(2);
    }

    [Fact]
    public void What_a_bundle_says_plays_no_tricks_on_a_terminal()
    {
        var file = Path.Combine(_folder, "tricks.ndjson");
        File.WriteAllBytes(file, _history.ExportBy("reviewer\u001b[2K\u0007", "CR-2027-0007"));

        var (code, text, _) = Run("verify", file);

        code.ShouldBe(0);
        text.ShouldContain("reviewer?[2K?");
        text.ShouldNotContain('\u001b');
    }

    [Fact]
    public void Nor_on_whoever_reads_what_it_says()
    {
        var file = Path.Combine(_folder, "tricks.ndjson");
        File.WriteAllBytes(file, _history.ExportBy("lead\u202E\u2028" + new string('x', 1_000_000), "CR-2027-0007"));

        var (code, text, _) = Run("verify", file);

        code.ShouldBe(0);
        text.ShouldContain("lead??xxx");
        text.Length.ShouldBeLessThan(20_000);
    }

    [Fact]
    public void A_folder_is_said_to_be_one()
    {
        Run("verify", _folder).Error.ShouldContain("is a folder");
        Run("verify", Bundle(), "--key", _folder).ShouldSatisfyAllConditions(r => r.Code.ShouldBe(2), r => r.Error.ShouldContain("is a folder"));
        Run("verify", Bundle(), "--anchor", _folder).ShouldSatisfyAllConditions(r => r.Code.ShouldBe(2), r => r.Error.ShouldContain("is a folder"));
    }

    [Fact]
    public async Task A_bundle_may_come_through_a_pipe()
    {
        var pipe = Path.Combine(_folder, "pipe");
        using var made = System.Diagnostics.Process.Start("mkfifo", [pipe]);
        await made.WaitForExitAsync(TestContext.Current.CancellationToken);
        var bundle = _history.Export("CR-2027-0007");
        var written = Task.Run(() => File.WriteAllBytes(pipe, bundle), TestContext.Current.CancellationToken);

        var (code, text, error) = Run("verify", pipe);

        code.ShouldBe(0, error);
        text.ShouldStartWith("PROVEN: CR-2027-0007");
        await written;
    }

    [Fact]
    public void What_is_too_large_to_hold_keys_is_not_read_to_its_end()
    {
        var (code, _, error) = Run("verify", Bundle(), "--key", "/dev/zero");

        code.ShouldBe(2);
        error.ShouldContain("too large to hold keys");
    }

    [Fact]
    public void It_explains_itself()
    {
        var (code, text, _) = Run("verify", "--help");

        code.ShouldBe(0);
        text.ShouldContain("--anchor");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Bundle()
    {
        var file = Path.Combine(_folder, "bundle.ndjson");
        File.WriteAllBytes(file, _history.Export("CR-2027-0007"));
        return file;
    }

    private string Anchors() => Write("heads.ndjson", string.Concat(_history.Heads.Select(h => JsonSerializer.Serialize(h, LineJson.Options) + "\n")));

    private string Write(string name, string text)
    {
        var file = Path.Combine(_folder, name);
        File.WriteAllText(file, text, new UTF8Encoding(false));
        return file;
    }

    private static (int Code, string Text, string Error) Run(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        return (CommandLine.Run(args, new InvocationConfiguration { Output = output, Error = error }), output.ToString(), error.ToString());
    }
}
