using System.CommandLine;
using CrisisOps.Proof;
using CrisisOps.Proof.Bundles;

namespace CrisisOps.Cli;

/// <summary><c>crisisops verify BUNDLE</c>: whether an exported crisis is what was recorded.</summary>
internal static class VerifyCommand
{
    private const int Proven = 0;
    private const int NotProven = 1;
    internal const int Unreadable = 2;

    private const int LargestKeyFile = 1024 * 1024;

    public static Command Create()
    {
        Argument<string> bundle = new("BUNDLE") { Description = "The file that GET /v1/crises/{key}/export gave." };
        Option<string?> key = new("--key") { Description = "The public keys that you trust: the answer of GET /v1/history/keys, PEM, or base64. Without it the bundle's own key counts.", HelpName = "PUBLIC_KEY_FILE" };
        Option<string?> anchor = new("--anchor") { Description = "Signed heads that were kept outside of the database, one on a line: finds that the newest events were removed.", HelpName = "FILE" };
        Command command = new("verify", "Says whether a bundle is proven: exit code 0 proven, 1 not proven, 2 can not be read.") { bundle, key, anchor };
        command.SetAction(parsed => Run(parsed.GetValue(bundle)!, parsed.GetValue(key), parsed.GetValue(anchor), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error));
        return command;
    }

    private static int Run(string bundle, string? keyFile, string? anchorFile, TextWriter output, TextWriter error)
    {
        try
        {
            var keys = keyFile is null ? null : Keys(keyFile);
            var anchored = anchorFile is null ? null : Anchored(anchorFile);
            using var stream = Open(bundle, FileShare.Read);
            using var progress = new Progress(error, stream.CanSeek ? stream.Length : 0);
            var verification = new BundleVerifier(keys, anchored, progress.At).Verify(stream);
            progress.Dispose();
            VerifyReport.Write(verification, output, ownKeys: keys is null);
            return verification.Proven ? Proven : NotProven;
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            error.WriteLine(exception.Message);
            return Unreadable;
        }
    }

    private static PublicKeys Keys(string file)
    {
        using var reader = new StreamReader(Open(file, FileShare.Read));
        var text = new char[LargestKeyFile + 1];
        var length = reader.ReadBlock(text);
        return length > LargestKeyFile ? throw new InvalidDataException($"{file} is too large to hold keys.")
            : PublicKeys.Read(new string(text, 0, length)) ?? throw new InvalidDataException($"{file} holds no public Ed25519 key that can be read.");
    }

    private static AnchoredHeads Anchored(string file)
    {
        using var stream = Open(file, FileShare.ReadWrite);
        return AnchoredHeads.Read(stream) ?? throw new InvalidDataException($"{file} is no list of signed heads, or holds two that contradict each other.");
    }

    /// <summary>A file, or a pipe from which it comes.</summary>
    private static FileStream Open(string file, FileShare share) => Directory.Exists(file)
        ? throw new InvalidDataException($"{file} is a folder, and no file.")
        : new FileStream(file, FileMode.Open, FileAccess.Read, share, 1, FileOptions.SequentialScan);
}
