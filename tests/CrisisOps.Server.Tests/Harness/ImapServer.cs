using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using CrisisOps.Server.Hosting;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;
using MailKit.Security;
using MimeKit;

namespace CrisisOps.Server.Tests.Harness;

/// <summary>A real mailbox (Dovecot) on a port of its own, with a configuration and folders of its own.</summary>
public sealed class ImapServer : IAsyncDisposable
{
    public const string User = "desk";
    public const string Password = "of-this-test";

    private static readonly string[] _namespace = ["unshare", "--user", "--map-user=65534", "--map-group=65534", "--"];
    private static readonly string[] _demotion = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--"];

    private readonly ConcurrentQueue<string> _output = new();
    private string[] _account = [];
    private string _folder = "";
    private Process? _process;

    private ImapServer()
    {
    }

    public int Port { get; } = ServerProcess.FreePort();

    /// <param name="idle">Whether it tells of new mails (IDLE).</param>
    public static async Task<ImapServer> Start(bool idle = true)
    {
        var server = new ImapServer();
        try
        {
            await server.Prepare(idle);
            await server.Launch();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>It is away: nobody listens on its port, and whoever was connected is not.</summary>
    public async Task Stop()
    {
        if (_process is not null)
        {
            // It ends with its standard input.
            _process.StandardInput.Close();
            await _process.WaitForExitAsync();
            _process.Dispose();
            _process = null;
        }
    }

    /// <summary>It is back on the same port, with the same mail.</summary>
    public Task Restart() => Launch();

    /// <summary>A mail comes in.</summary>
    /// <param name="folder">Empty for the inbox.</param>
    public Task Deliver(MimeMessage mail, string folder = "")
    {
        using var raw = new MemoryStream();
        mail.WriteTo(raw, TestContext.Current.CancellationToken);
        return Deliver(raw.ToArray(), folder);
    }

    /// <summary>The same, byte for byte. The server makes no header of its own, so what is broken stays so.</summary>
    public async Task Deliver(byte[] raw, string folder = "")
    {
        // As a delivery agent does it: IMAP's APPEND would be another client's doing, and could be refused for what is broken.
        var name = $"{DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()}.{Guid.NewGuid():n}.test";
        var box = Path.Combine(_folder, "mail", folder.Length == 0 ? "" : $".{folder}");
        var (draft, mail) = (Path.Combine(box, "tmp", name), Path.Combine(box, "new", name));
        await File.WriteAllBytesAsync(draft, raw);
        File.Move(draft, mail);
    }

    /// <summary>How many mails of a folder were not seen.</summary>
    public Task<int> Unseen(string folder = "INBOX") => Count(folder, SearchQuery.NotSeen);

    /// <summary>How many mails a folder has.</summary>
    public Task<int> Count(string folder = "INBOX") => Count(folder, SearchQuery.All);

    /// <summary>Marks every mail as not seen: as it stands when a reader was killed after storing and before marking.</summary>
    public Task Unmark() => Ask("INBOX", async folder =>
    {
        await folder.RemoveFlagsAsync(await folder.SearchAsync(SearchQuery.All, TestContext.Current.CancellationToken), MessageFlags.Seen, silent: true, TestContext.Current.CancellationToken);
        return 0;
    });

    public async ValueTask DisposeAsync()
    {
        await Stop();
        if (_folder.Length > 0)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private Task<int> Count(string folder, SearchQuery query) => Ask(folder, async f => (await f.SearchAsync(query, TestContext.Current.CancellationToken)).Count);

    private async Task<int> Ask(string name, Func<IMailFolder, Task<int>> ask)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var client = new ImapClient();
        await client.ConnectAsync("127.0.0.1", Port, SecureSocketOptions.None, cancellation);
        await client.AuthenticateAsync(User, Password, cancellation);
        var folder = await client.GetFolderAsync(name, cancellation);
        await folder.OpenAsync(FolderAccess.ReadWrite, cancellation);
        var answer = await ask(folder);
        await client.DisconnectAsync(quit: true, cancellation);
        return answer;
    }

    /// <summary>Dovecot gives no mail to root. So root starts it where root has another number, or as nobody.</summary>
    private async Task Prepare(bool idle)
    {
        _folder = Directory.CreateTempSubdirectory("crisisops-imap-").FullName;
        if (Environment.IsPrivilegedProcess)
        {
            _account = await Works([.. _namespace, "test", "-w", _folder]) ? _namespace : _demotion;
        }

        if (_account == _demotion)
        {
            // The folder for temporary files may be closed to everybody else.
            Directory.Delete(_folder);
            _folder = Directory.CreateDirectory($"/tmp/crisisops-imap-{Guid.NewGuid():n}").FullName;
        }

        foreach (var box in (string[])["", "/.Done", "/.Partner"])
        {
            foreach (var part in (string[])["cur", "new", "tmp"])
            {
                Directory.CreateDirectory($"{_folder}/mail{box}/{part}");
            }
        }

        await File.WriteAllTextAsync($"{_folder}/users", $"{User}:{{PLAIN}}{Password}::::::\n");
        var (user, group) = (await Said("id", "-un"), await Said("id", "-gn"));
        var version = (await ChildProcess.RunAsync(["/usr/sbin/dovecot", "--version"], CancellationToken.None)).Output;
        await File.WriteAllTextAsync($"{_folder}/dovecot.conf", DovecotSettings.Of(version, _folder, Port, user, group, await Said("id", "-u"), await Said("id", "-g"), idle));
        if (_account == _demotion)
        {
            await ChildProcess.RunAsync(["chown", "-R", $"{user}:{group}", _folder], CancellationToken.None);
        }
    }

    private async Task<string> Said(params string[] command) => (await ChildProcess.RunAsync([.. _account, .. command], CancellationToken.None)).Output;

    private static async Task<bool> Works(string[] command)
    {
        try
        {
            return (await ChildProcess.RunAsync(command, CancellationToken.None)).Succeeded;
        }
        catch (Win32Exception)
        {
            return false; // the program is not there
        }
    }

    private async Task Launch()
    {
        // It ends with the test, however that ends.
        string[] command = [.. _account, "sh", "-c", "/usr/sbin/dovecot -F -c \"$1\" & cat >/dev/null; kill $!; wait $!", "sh", $"{_folder}/dovecot.conf"];
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        _process.ErrorDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await Eventually.Is(Listens, "the IMAP server listens");
    }

    private async Task<bool> Listens()
    {
        if (_process!.HasExited)
        {
            throw new InvalidOperationException($"The IMAP server ended; the package dovecot-imapd must be there.\n{string.Join('\n', _output)}");
        }

        return await Listening.On(Port);
    }
}
