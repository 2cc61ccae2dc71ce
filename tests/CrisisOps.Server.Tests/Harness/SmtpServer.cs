using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CrisisOps.Server.Tests.Channels.Email;
using MimeKit;
using Shouldly;

namespace CrisisOps.Server.Tests.Harness;

/// <summary>A real mail server (aiosmtpd) on a port of its own, which does with mail what its handler says.</summary>
public sealed class SmtpServer : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _output = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("crisisops-mail-").FullName;
    private readonly ConcurrentDictionary<string, bool> _looked = new(StringComparer.Ordinal);
    private Process? _process;

    private SmtpServer()
    {
    }

    public int Port { get; private set; }

    /// <summary>The so-manieth mail to an address, when it has come.</summary>
    public async Task<MimeMessage> Mail(string address, int number)
    {
        MimeMessage[] came = [];
        await Eventually.Is(() => Task.FromResult((came = [.. To(address)]).Length >= number), $"mail {number} has come to {address}");
        _looked.TryAdd(Mark(came[number - 1]), true);
        return came[number - 1];
    }

    /// <summary>What has come to an address until now, the first one first.</summary>
    public IReadOnlyList<MimeMessage> Mails(string address)
    {
        MimeMessage[] came = [.. To(address)];
        Array.ForEach(came, mail => _looked.TryAdd(Mark(mail), true));
        return came;
    }

    /// <summary>No mail came that no test has looked at. That an address is asked for a confirmation is the answer to registering it.</summary>
    public void ShouldHaveNothingElse() =>
        Taken.Where(mail => !_looked.ContainsKey(Mark(mail)) && mail.Subject != "CrisisOps: address verification").Select(mail => $"{mail.To}: {mail.Subject}").ShouldBeEmpty("mails that nobody expected");

    /// <summary>The mails it took, the first one first, whoever looks at them.</summary>
    public IReadOnlyList<MimeMessage> Taken => [.. Directory.GetFiles(_folder, "*.eml").Order(StringComparer.Ordinal).Select(file => MimeMessage.Load(file))];

    private IEnumerable<MimeMessage> To(string address) => Taken.Where(mail => mail.To.ToString() == address);

    private static string Mark(MimeMessage mail) => $"{mail.To} {mail.MessageId}";

    /// <param name="handler">A class of <c>mail_handlers.py</c>.</param>
    /// <param name="tls">It offers STARTTLS, with a certificate that nobody trusts.</param>
    public static async Task<SmtpServer> Start(MailHandler handler, bool tls = false)
    {
        var server = new SmtpServer();
        try
        {
            await server.Launch(handler, tls);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>It is away: nobody listens on its port.</summary>
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

    /// <summary>It is back, on the same port, and takes everything.</summary>
    public Task Restart() => Launch(MailHandler.Accepting, tls: false);

    public async ValueTask DisposeAsync()
    {
        await Stop();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task Launch(MailHandler handler, bool tls)
    {
        Port = Port == 0 ? ServerProcess.FreePort() : Port;
        string[] arguments = ["-m", "aiosmtpd", "-n", "-l", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}"), .. tls ? Certificate() : [], "-c", $"mail_handlers.{handler}"];
        var start = new ProcessStartInfo(Python(), handler == MailHandler.Accepting ? [.. arguments, _folder] : arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder,
        };
        start.Environment["PYTHONPATH"] = Path.Combine(AppContext.BaseDirectory, "Channels", "Email");
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await Eventually.Is(Listens, "the mail server listens");
    }

    private async Task<bool> Listens()
    {
        if (_process!.HasExited)
        {
            throw new InvalidOperationException($"The mail server ended; the package python3-aiosmtpd must be there.\n{string.Join('\n', _output)}");
        }

        return await Listening.On(Port);
    }

    /// <summary>The system's own Python has the system's packages; another one may come first on PATH.</summary>
    private static string Python() => File.Exists("/usr/lib/python3/dist-packages/aiosmtpd/__init__.py") ? "/usr/bin/python3" : "python3";

    private string[] Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var (publicPart, secretPart) = (Path.Combine(_folder, "certificate.pem"), Path.Combine(_folder, "key.pem"));
        File.WriteAllText(publicPart, certificate.ExportCertificatePem());
        File.WriteAllText(secretPart, key.ExportPkcs8PrivateKeyPem());
        return ["--tlscert", publicPart, "--tlskey", secretPart, "--no-requiretls"];
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            _output.Enqueue(line);
        }
    }
}
