using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using CrisisOps.Server.Channels.Webhook;
using CrisisOps.Server.Tests.Scenarios;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;
using Shouldly;

namespace CrisisOps.Server.Tests.Docs;

/// <summary>The samples of docs/partner-integration.md, as printed, hold what this server signs for true and everything else for false.</summary>
public sealed class PartnerIntegrationPageTests
{
    private const string Id = "msg_25d4c4a42b823b38330e8d3837176e2a";
    private const string Body = """{"data":{"text":"Anschlag über Norland"}}""";
    private static readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private static readonly string _secret = $"whsec_{Convert.ToBase64String(_key)}";
    private static readonly DateTimeOffset _now = DateTimeOffset.UtcNow;
    private static readonly string _timestamp = $"{_now.ToUnixTimeSeconds()}";
    private static readonly string _stale = $"{_now.AddMinutes(-10).ToUnixTimeSeconds()}";

    /// <summary>Timestamp, body, signatures, and whether they fit.</summary>
    private static readonly (string Timestamp, string Body, string Signatures, bool Fits)[] _cases =
    [
        (_timestamp, Body, Signed(Body, _now), true),
        (_timestamp, Body, $"v1,{Convert.ToBase64String(new byte[32])} {Signed(Body, _now)}", true),
        (_timestamp, Body, $"v1,none {Signed(Body, _now)}", true),
        (_timestamp, Body + " ", Signed(Body, _now), false),
        (_timestamp, Body, "v1,no\u00fc", false),
        ("soon", Body, Signed(Body, _now), false),
        (_timestamp, Body, $"v1,{Convert.ToBase64String(new byte[32])}", false),
        (_timestamp, Body, $"v1a,{Signed(Body, _now)[3..]}", false),
        (_stale, Body, Signed(Body, _now.AddMinutes(-10)), false),
    ];

    [Fact]
    public async Task In_csharp()
    {
        var options = ScriptOptions.Default.AddImports("System", "System.Linq", "System.Text", "System.Security.Cryptography").AddReferences(typeof(HMACSHA256).Assembly, typeof(Enumerable).Assembly);
        var verified = await CSharpScript.EvaluateAsync<Func<string, string, string, byte[], string, bool>>(
            $"{Block("csharp")}\n(Func<string, string, string, byte[], string, bool>)Verified", options, cancellationToken: TestContext.Current.CancellationToken);

        foreach (var (timestamp, body, signatures, fits) in _cases)
        {
            verified(_secret, Id, timestamp, Encoding.UTF8.GetBytes(body), signatures).ShouldBe(fits, signatures);
        }
    }

    [Fact]
    public Task In_python() => Hold("python3", $"{Block("python")}\nimport os, sys\nprint(verified(os.environ['S'], os.environ['I'], os.environ['T'], os.environ['B'].encode(), os.environ['G']))", "-c");

    [Fact]
    public Task In_node() => Hold(
        "node", $"{Block("js")}\nconst e = process.env; console.log(verified(e.S, e.I, e.T, Buffer.from(e.B), e.G) ? 'True' : 'False');", "-e");

    [Fact]
    public async Task In_go()
    {
        var folder = Directory.CreateTempSubdirectory("crisisops-sample-");
        var file = Path.Combine(folder.FullName, "main.go");
        await File.WriteAllTextAsync(
            file,
            $$"""
            package main

            import (
                "crypto/hmac"
                "crypto/sha256"
                "encoding/base64"
                "fmt"
                "math"
                "os"
                "strconv"
                "strings"
                "time"
            )

            {{Block("go")}}
            func main() {
                if verified(os.Getenv("S"), os.Getenv("I"), os.Getenv("T"), []byte(os.Getenv("B")), os.Getenv("G")) {
                    fmt.Print("True")
                } else {
                    fmt.Print("False")
                }
            }
            """,
            TestContext.Current.CancellationToken);
        var program = Path.Combine(folder.FullName, "sample");
        if (await Run("go", ["build", "-o", program, file], [("GOCACHE", Path.Combine(folder.FullName, "cache")), ("GO111MODULE", "off"), ("GOFLAGS", "")]) is null)
        {
            Assert.Skip("There is no go on this machine.");
        }

        foreach (var (timestamp, body, signatures, fits) in _cases)
        {
            (await Run(program, [], [("S", _secret), ("I", Id), ("T", timestamp), ("B", body), ("G", signatures)])).ShouldBe($"{fits}", signatures);
        }

        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task In_a_shell()
    {
        var folder = Directory.CreateTempSubdirectory("crisisops-sample-");
        var file = Path.Combine(folder.FullName, "body");
        await File.WriteAllTextAsync(file, Body, TestContext.Current.CancellationToken);
        var script = Block("sh");

        (await Run("sh", ["-c", script], [("secret", _secret), ("id", Id), ("timestamp", _timestamp), ("body", file)]))!.ShouldBe(Signed(Body, _now));
        folder.Delete(recursive: true);
    }

    private static async Task Hold(string program, string script, string option)
    {
        foreach (var (timestamp, body, signatures, fits) in _cases)
        {
            var said = await Run(program, [option, script], [("S", _secret), ("I", Id), ("T", timestamp), ("B", body), ("G", signatures)]);
            if (said is null)
            {
                Assert.Skip($"There is no {program} on this machine.");
            }

            said.ShouldBe($"{fits}", signatures);
        }
    }

    /// <summary>What a program prints; null when it is not on this machine.</summary>
    private static async Task<string?> Run(string program, string[] arguments, (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        try
        {
            using var process = Process.Start(start)!;
            var said = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return said.Trim();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static string Signed(string body, DateTimeOffset at) => WebhookSignature.Header(Id, at, Encoding.UTF8.GetBytes(body), [_key]);

    private static string Block(string language)
    {
        var page = File.ReadAllText(Path.Combine(Story.Root, "docs", "partner-integration.md"));
        var from = page.IndexOf($"```{language}\n", StringComparison.Ordinal) + language.Length + 4;
        return page[from..page.IndexOf("```", from, StringComparison.Ordinal)];
    }
}
