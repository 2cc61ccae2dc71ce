using System.Text;
using CrisisOps.Proof.Bundles;
using Shouldly;

namespace CrisisOps.Proof.Tests;

/// <summary>What becomes of a bundle that somebody has worked on.</summary>
public sealed class BundleVerifierTests
{
    private static readonly RecordedHistory _history = RecordedHistory.OfNorland();
    private static readonly byte[] _bundle = _history.Export("CR-2027-0007", "ESC-2027-000101");

    [Fact]
    public void A_bundle_as_it_was_made_is_proven()
    {
        var verification = Verify(_bundle);

        verification.Fault.ShouldBeNull();
        verification.Facts.Events.ShouldBe(18);
        verification.Facts.Streams.ShouldBe(new Dictionary<string, long> { ["CR-2027-0007"] = 12, ["ESC-2027-000101"] = 6 }, ignoreOrder: true);
        verification.Facts.Heads.ShouldBe(5);
    }

    [Fact]
    public void Any_byte_that_is_changed_is_found_and_its_line_is_named()
    {
        var flips = 0;
        for (var at = 0; at < _bundle.Length; at += 1 + (at % 3))
        {
            var changed = _bundle.ToArray();
            changed[at] ^= (byte)(flips % 3 == 0 ? 1 : flips % 3 == 1 ? 0x20 : 0x80);
            var (line, part) = LineAt(at);

            var fault = Verify(changed).Fault.ShouldNotBeNull($"byte {at} of line {line}");
            fault.Line.ShouldBe(line, $"byte {at}: {fault.Part}, {fault.Why}");
            if (at - StartOf(line) > 250)
            {
                fault.Part.ShouldBe(part, $"byte {at}: {fault.Why}");
            }

            flips++;
        }

        flips.ShouldBeGreaterThan(5_000);
    }

    [Fact]
    public void A_line_that_is_taken_out_is_missed()
    {
        for (var line = 1; line <= Lines().Length; line++)
        {
            Verify(Joined([.. Lines().Where((_, i) => i != line - 1)])).Proven.ShouldBeFalse($"without line {line}");
        }
    }

    [Fact]
    public void Lines_that_change_places_are_found()
    {
        for (var line = 1; line < Lines().Length; line++)
        {
            var lines = Lines();
            (lines[line - 1], lines[line]) = (lines[line], lines[line - 1]);
            Verify(Joined(lines)).Proven.ShouldBeFalse($"line {line} after the next one");
        }
    }

    [Fact]
    public void A_line_that_stands_there_twice_is_found()
    {
        for (var line = 1; line <= Lines().Length; line++)
        {
            var lines = Lines();
            Verify(Joined([.. lines[..line], lines[line - 1], .. lines[line..]])).Proven.ShouldBeFalse($"line {line} twice");
        }
    }

    [Fact]
    public void Wherever_a_bundle_is_cut_off_it_is_incomplete()
    {
        for (var length = 1; length < _bundle.Length; length += 7)
        {
            Verify(_bundle[..length]).Fault.ShouldNotBeNull().Incomplete.ShouldBeTrue($"after {length} bytes");
        }

        Verify(_bundle[..^1]).Fault.ShouldNotBeNull().Incomplete.ShouldBeTrue();
        Verify([]).Fault.ShouldNotBeNull().Incomplete.ShouldBeTrue();
    }

    [Fact]
    public void The_first_removed_event_of_a_stream_is_named()
    {
        var lines = Lines();
        var removed = Array.FindIndex(lines, l => l.Contains("CR-2027-0007\",\"version\":5,", StringComparison.Ordinal));
        var fault = Verify(Joined([.. lines[..removed], .. lines[(removed + 1)..]])).Fault.ShouldNotBeNull();

        fault.Line.ShouldBe(removed + 1);
        fault.Why.ShouldContain("position");
    }

    [Fact]
    public void An_event_that_was_rewritten_together_with_its_hash_does_not_follow_or_does_not_give_the_root()
    {
        var other = RecordedHistory.OfNorland(2);
        other.Record("CR-2027-0007", "Nobody was told.");
        var forged = Encoding.UTF8.GetString(other.Export("CR-2027-0007")).Split('\n').Last(l => l.StartsWith("""{"kind":"event",""", StringComparison.Ordinal));
        var lines = Lines();
        var third = Array.FindIndex(lines, l => l.Contains("CR-2027-0007\",\"version\":3,", StringComparison.Ordinal));
        lines[third] = forged.Replace("\"position\":8", $"\"position\":{lines[third].Split("\"position\":")[1].Split(',')[0]}", StringComparison.Ordinal);

        Verify(Joined(lines)).Fault.ShouldNotBeNull().Part.ShouldStartWith("event CR-2027-0007@");
    }

    [Fact]
    public void Events_without_their_content_are_proven_and_counted()
    {
        var history = RecordedHistory.OfNorland();
        history.Withheld[1] = LineWords.Redacted;
        history.Withheld[5] = LineWords.Erased;
        history.Withheld[9] = LineWords.Secret;

        var verification = Verify(history.Export("CR-2027-0007", "ESC-2027-000101"));

        verification.Fault.ShouldBeNull();
        verification.Facts.Withheld.Values.Sum().ShouldBe(3);
    }

    [Fact]
    public void A_bundle_that_another_key_signed_is_not_proven_with_ours()
    {
        var stranger = new RecordedHistory { Key = SigningKey.FromSeed([.. Enumerable.Repeat((byte)7, 32)]) };
        stranger.Record("CR-2027-0007");
        stranger.Sign();
        var bundle = stranger.Export("CR-2027-0007");

        Verify(bundle).Proven.ShouldBeTrue();
        var fault = Verify(bundle, Ours()).Fault.ShouldNotBeNull();
        fault.Part.ShouldBe("header");
        fault.Why.ShouldContain("none of the keys");
        Verify(_bundle, Ours()).Proven.ShouldBeTrue();
    }

    [Fact]
    public void A_bundle_that_leaves_a_stream_behind_its_newest_version_is_found()
    {
        var lines = Lines();
        var last = Array.FindLastIndex(lines, l => l.Contains("\"stream\":\"CR-2027-0007\",\"version\":12,", StringComparison.Ordinal));
        // What follows is a skip; leaving out the newest event and saying so everywhere else needs another tips root.
        Verify(Joined([.. lines.Select((l, i) => i == 1 ? l.Replace("\"version\":12", "\"version\":11", StringComparison.Ordinal) : l)])).Fault.ShouldNotBeNull().Part.ShouldBe("stream 1");
        last.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void What_is_no_bundle_is_not_proven()
    {
        foreach (var text in (string[])["\n", "{}\n", "hello\nworld\n", """{"kind":"manifest","n":1}""" + "\n", """{"kind":"event","position":0}""" + "\n"])
        {
            Verify(Encoding.UTF8.GetBytes(text)).Proven.ShouldBeFalse(text);
        }
    }

    private static Verification Verify(byte[] bundle, PublicKeys? keys = null) => new BundleVerifier(keys).Verify(new MemoryStream(bundle));

    private static PublicKeys Ours() => PublicKeys.Read(PublicKeys.PemOf(_history.Key.PublicKey))!;

    private static string[] Lines() => Encoding.UTF8.GetString(_bundle).TrimEnd('\n').Split('\n');

    private static byte[] Joined(string[] lines) => Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n");

    private static int StartOf(long line) => line == 1 ? 0 : Enumerable.Range(0, _bundle.Length).Where(i => _bundle[i] == '\n').ElementAt((int)line - 2) + 1;

    /// <summary>The line in which a byte stands, and what part of the bundle that is.</summary>
    private static (long Line, string Part) LineAt(int at)
    {
        var line = 1 + _bundle.AsSpan(0, at).Count((byte)'\n');
        var text = Lines()[line - 1];
        string Between(string before, char after) => text.Split(before)[1].Split(after)[0];
        var kind = Between("\"kind\":\"", '"');
        return (line, kind == "event" ? $"event {Between("\"stream\":\"", '"')}@{Between("\"version\":", ',')}" : kind is "header" or "manifest" ? kind : $"{kind} {Between("\"n\":", ',')}");
    }
}
