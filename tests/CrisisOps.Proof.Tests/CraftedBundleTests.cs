using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using CrisisOps.Proof.Bundles;
using Shouldly;

namespace CrisisOps.Proof.Tests;

/// <summary>Bundles that were made to exhaust whoever reads them.</summary>
public sealed partial class CraftedBundleTests
{
    private static readonly RecordedHistory _history = RecordedHistory.OfNorland(3);

    [Fact]
    public void A_line_without_an_end_is_given_up_within_bounds()
    {
        using var endless = new Endless("{\"kind\":\"header\",\"n\":1,\"sha256\":\""u8.ToArray());
        var before = GC.GetTotalAllocatedBytes(precise: true);

        new BundleVerifier().Verify(endless).Fault.ShouldNotBeNull().Why.ShouldContain("longer than any");

        (GC.GetTotalAllocatedBytes(precise: true) - before).ShouldBeLessThan(40_000_000);
        endless.Given.ShouldBeLessThan(20_000_000);
    }

    [Theory]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[")]
    [InlineData("""{"format":1,"crisis":{"a":{"b":{"c":{"d":{"e":{"f":{"g":1}}}}}}}}""")]
    [InlineData("""{"format":999999999999999999999999999}""")]
    [InlineData("null")]
    [InlineData("""{"format":1,"crisis":"CR-1","exportedBy":"x","exportedAt":"x","head":null,"keys":[],"streams":0}""")]
    public void A_header_that_is_none_is_said_to_be_so(string body) =>
        Verify(Framed(LineWords.Header, 1, body)).ShouldBe("header: it does not say what it must say");

    [Fact]
    public void What_stands_in_no_list_is_no_part_of_one()
    {
        var (header, stream) = (First().Split('\n')[0], First().Split('\n')[1]);
        var keys = Body(header);
        keys = string.Concat(keys.AsSpan(0, keys.IndexOf("\"keys\":[", StringComparison.Ordinal)), "\"keys\":[null],\"streams\":1}");
        Verify(Framed(LineWords.Header, 1, keys)).ShouldBe("header: a key in it is no Ed25519 key");

        var bucket = Body(stream);
        bucket = string.Concat(bucket.AsSpan(0, bucket.IndexOf("\"bucket\":[", StringComparison.Ordinal)), "\"bucket\":[null]", bucket.AsSpan(bucket.IndexOf(",\"siblings\":", StringComparison.Ordinal)));
        Verify([.. Encoding.UTF8.GetBytes(header + "\n"), .. Framed(LineWords.Stream, 1, bucket)]).ShouldBe("stream 1: it is not of the form that it must have");
    }

    [Fact]
    public void A_stream_has_a_name_that_is_short_and_plain()
    {
        foreach (var name in (string[])[new string('x', 1_000_000), "CR-2027-0007\u202E", ""])
        {
            var tip = LineJson.Read<StreamTip>(Encoding.UTF8.GetBytes(Body(First().Split('\n')[1])))! with { Stream = name };
            var output = new ArrayBufferWriter<byte>();
            using var writer = new BundleWriter(output);
            writer.Header(LineJson.Read<BundleHeader>(Encoding.UTF8.GetBytes(Body(First().Split('\n')[0])))!);
            writer.Stream(tip);
            Verify(output.WrittenSpan.ToArray()).ShouldBe("stream 1: it is not of the form that it must have");
        }
    }

    [Fact]
    public void Anchored_heads_on_one_line_without_an_end_are_given_up_within_bounds()
    {
        using var endless = new Endless("{\"size\":"u8.ToArray());
        var before = GC.GetTotalAllocatedBytes(precise: true);

        AnchoredHeads.Read(endless).ShouldBeNull();

        (GC.GetTotalAllocatedBytes(precise: true) - before).ShouldBeLessThan(40_000_000);
        endless.Given.ShouldBeLessThan(20_000_000);
    }

    /// <summary>Each line with another value in the place of one of its own, and with the hash that fits: nothing but the proof can tell.</summary>
    [Fact]
    public void Whatever_stands_in_the_place_of_a_value_the_bundle_is_not_proven_and_nothing_breaks()
    {
        var lines = Encoding.UTF8.GetString(_history.Export("CR-2027-0007", "ESC-2027-000101")).TrimEnd('\n').Split('\n');
        string[] values =
        [
            "null", "[]", "{}", "[null]", "[[]]", "-1", "0", "1e400", "9223372036854775807", "99999999999999999999999", "true", "\"\"", "\"\\ud800\"", "\"x\"", $"\"{new string('0', 64)}\"",
            $"[{string.Join(',', Enumerable.Repeat("null", 1000))}]", new string('[', 100) + new string(']', 100), "",
        ];
        for (var line = 0; line < lines.Length; line++)
        {
            var framed = !lines[line].StartsWith("{\"kind\":\"event\"", StringComparison.Ordinal);
            var text = framed ? Body(lines[line]) : lines[line];
            foreach (var value in Value().Matches(text).Select(m => m.Groups[1]))
            {
                foreach (var other in values)
                {
                    var changed = string.Concat(text.AsSpan(0, value.Index), other, text.AsSpan(value.Index + value.Length));
                    if (changed == text)
                    {
                        continue;
                    }

                    var kind = lines[line].Split('"')[3];
                    byte[] bad = framed ? Framed(kind, lines.Take(line + 1).Count(l => l.Split('"')[3] == kind), changed) : Encoding.UTF8.GetBytes(changed + "\n");
                    Verify([.. Encoding.UTF8.GetBytes(string.Concat(lines.Take(line).Select(l => l + "\n"))), .. bad, .. Encoding.UTF8.GetBytes(string.Concat(lines.Skip(line + 1).Select(l => l + "\n")))]).ShouldNotBeEmpty();
                }
            }
        }
    }

    [Fact]
    public void A_skip_to_the_end_of_all_numbers_is_none()
    {
        foreach (var skip in (Skip[])[new(0, long.MaxValue, []), new(0, -1, []), new(5, 4, []), new(long.MinValue, long.MaxValue, []), new(0, 3, [.. Enumerable.Repeat(default(Digest), 5000)])])
        {
            var output = new ArrayBufferWriter<byte>();
            using var writer = new BundleWriter(output);
            Begin(writer, streams: 1);
            writer.Skip(skip);
            Verify(output.WrittenSpan.ToArray()).ShouldStartWith("skip 1: ");
        }
    }

    [Fact]
    public void Numbers_beyond_all_bounds_are_no_positions()
    {
        foreach (var position in (string[])["9223372036854775808", "99999999999999999999999", "-1", "00", "1e3", ""])
        {
            Verify(Encoding.UTF8.GetBytes(First() + $$"""{"kind":"event","position":{{position}},"stream":"CR-2027-0007"}""" + "\n")).ShouldStartWith("event");
        }
    }

    [Fact]
    public void Names_are_short_and_plain()
    {
        foreach (var name in (string[])[new string('x', 100_000), "a\\\"b", "ü", ""])
        {
            Verify(Encoding.UTF8.GetBytes(First() + $$"""{"kind":"event","position":0,"stream":"{{name}}","version":1}""" + "\n")).ShouldStartWith("event");
        }
    }

    [Fact]
    public void A_file_of_nothing_but_line_breaks_ends_at_the_first() =>
        Verify([.. Enumerable.Repeat((byte)'\n', 1_000_000)]).ShouldContain("like no line of a bundle");

    private static string Verify(byte[] bundle)
    {
        var fault = new BundleVerifier().Verify(new MemoryStream(bundle)).Fault.ShouldNotBeNull();
        return $"{fault.Part}: {fault.Why}";
    }

    /// <summary>A header and a stream as they must be.</summary>
    private static string First() => string.Concat(Encoding.UTF8.GetString(_history.Export("CR-2027-0007")).Split('\n').Take(2).Select(line => line + "\n"));

    private static void Begin(BundleWriter writer, int streams)
    {
        var lines = First().Split('\n');
        writer.Header(LineJson.Read<BundleHeader>(Encoding.UTF8.GetBytes(Body(lines[0])))! with { Streams = streams });
        writer.Stream(LineJson.Read<StreamTip>(Encoding.UTF8.GetBytes(Body(lines[1])))!);
    }

    private static string Body(string line) => line[(line.IndexOf("\"body\":", StringComparison.Ordinal) + 7)..^1];

    /// <summary>A member's value: a text, a number, or a list as a whole.</summary>
    [GeneratedRegex("\"[a-zA-Z]+\":(\"[^\"]*\"|-?[0-9]+|\\[.*\\])")]
    private static partial Regex Value();

    private static byte[] Framed(string kind, int n, string body) =>
        Encoding.UTF8.GetBytes($"{{\"kind\":\"{kind}\",\"n\":{n},\"sha256\":\"{Digest.Of(Encoding.UTF8.GetBytes($"{kind}\n{n}\n{body}"))}\",\"body\":{body}}}\n");

    /// <summary>Gives the same byte for ever.</summary>
    private sealed class Endless(byte[] start) : Stream
    {
        public long Given { get; private set; }
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => Given; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var begins = Given < start.Length;
            if (begins)
            {
                count = Math.Min(count, start.Length);
                start.AsSpan(0, count).CopyTo(buffer.AsSpan(offset));
            }
            else
            {
                buffer.AsSpan(offset, count).Fill((byte)'0');
            }

            Given += count;
            return count;
        }

        public override void Flush() => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
