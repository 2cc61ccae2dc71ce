using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;
using MailKit.Security;

namespace CrisisOps.Server.Intake.Mail;

/// <summary>A mailbox over IMAP (RFC 9051), connected and open. It changes nothing there but what it marks.</summary>
internal sealed class Mailbox : IAsyncDisposable
{
    /// <summary>How often it asks a server that does not tell of new mails (RFC 2177).</summary>
    private static readonly TimeSpan _poll = TimeSpan.FromSeconds(15);

    private readonly ImapClient _client = new() { Timeout = 30_000 };
    private IMailFolder _folder = null!;
    private IMailFolder? _processed;
    private CancellationTokenSource? _waiting;
    private bool _came;

    private Mailbox()
    {
    }

    public static async Task<Mailbox> Open(MailboxSettings settings, CancellationToken cancellation)
    {
        var mailbox = new Mailbox();
        try
        {
            await mailbox.Connect(settings, cancellation);
            return mailbox;
        }
        catch
        {
            await mailbox.DisposeAsync();
            throw;
        }
    }

    /// <summary>What is to be read, oldest first, and whether it is short enough to be read whole.</summary>
    public async Task<IReadOnlyList<(UniqueId Id, bool Whole)>> Waiting(CancellationToken cancellation)
    {
        _came = false;
        var ids = await _folder.SearchAsync(_processed is null ? SearchQuery.NotSeen : SearchQuery.NotDeleted, cancellation);
        if (ids.Count == 0)
        {
            return [];
        }

        var sizes = await _folder.FetchAsync(ids, MessageSummaryItems.UniqueId | MessageSummaryItems.Size, cancellation);
        return [.. sizes.OrderBy(s => s.UniqueId.Id).Select(s => (s.UniqueId, s.Size <= IncomingMail.Longest))];
    }

    /// <summary>The mail, or its beginning; null when it is gone.</summary>
    public async Task<byte[]?> Fetch(UniqueId id, bool whole, CancellationToken cancellation)
    {
        try
        {
            await using var stream = whole ? await _folder.GetStreamAsync(id, cancellation) : await _folder.GetStreamAsync(id, 0, IncomingMail.Beginning, cancellation);
            var raw = new MemoryStream();
            await stream.CopyToAsync(raw, cancellation);
            return raw.ToArray();
        }
        catch (MessageNotFoundException)
        {
            return null;
        }
    }

    /// <summary>It is stored: it will not be read again.</summary>
    public async Task Mark(UniqueId id, CancellationToken cancellation)
    {
        await _folder.AddFlagsAsync(id, MessageFlags.Seen, silent: true, cancellation);
        if (_processed is not null)
        {
            await _folder.MoveToAsync(id, _processed, cancellation);
        }
    }

    /// <summary>Until something comes, or for so long.</summary>
    public async Task Wait(TimeSpan longest, CancellationToken cancellation)
    {
        if (_came)
        {
            return;
        }

        if (!_client.Capabilities.HasFlag(ImapCapabilities.Idle))
        {
            await Task.Delay(longest < _poll ? longest : _poll, cancellation);
            await _client.NoOpAsync(cancellation);
            return;
        }

        using var waiting = _waiting = new CancellationTokenSource(longest);
        try
        {
            await _client.IdleAsync(waiting.Token, cancellation);
        }
        finally
        {
            _waiting = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _client.DisconnectAsync(quit: false, CancellationToken.None);
        }
        finally
        {
            _client.Dispose();
        }
    }

    private async Task Connect(MailboxSettings settings, CancellationToken cancellation)
    {
        var options = settings.Tls switch
        {
            MailboxTls.None => SecureSocketOptions.None,
            MailboxTls.StartTls => SecureSocketOptions.StartTls,
            _ => SecureSocketOptions.SslOnConnect,
        };
        await _client.ConnectAsync(settings.Host, settings.PortInUse, options, cancellation);
        var password = settings.Password ?? (await File.ReadAllTextAsync(settings.PasswordFile!, cancellation)).TrimEnd('\r', '\n');
        await _client.AuthenticateAsync(settings.User, password, cancellation);
        _folder = await _client.GetFolderAsync(settings.Folder, cancellation);
        await _folder.OpenAsync(FolderAccess.ReadWrite, cancellation);
        // Looked for before anything is read: what is stored and can not be moved would be read for ever.
        _processed = settings.Processed is null ? null : await _client.GetFolderAsync(settings.Processed, cancellation);
        _folder.CountChanged += (_, _) =>
        {
            _came = true;
            _waiting?.Cancel();
        };
    }
}
