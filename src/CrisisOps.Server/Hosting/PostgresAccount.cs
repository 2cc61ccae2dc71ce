namespace CrisisOps.Server.Hosting;

/// <summary>
/// As whom PostgreSQL runs. It refuses root, so root starts it in a user namespace where root has another number;
/// files stay root's own, so this works in folders that only root may enter. Where that is refused (by the kernel, by
/// a container, or by a folder inside another user's home), it runs as the system's postgres user, with the cluster where that user may go.
/// </summary>
public sealed class PostgresAccount
{
    private const string SystemUser = "postgres";
    private static readonly string[] Namespace = ["unshare", "--user", "--map-user=1000", "--map-group=1000", "--"];
    private static readonly string[] Demotion = ["setpriv", $"--reuid={SystemUser}", $"--regid={SystemUser}", "--init-groups", "--"];

    private readonly string[] _prefix;

    private PostgresAccount(string[] prefix, bool isSystemUser) => (_prefix, IsSystemUser) = (prefix, isSystemUser);

    /// <summary>Whether PostgreSQL runs as another user than the server, who can read only what is handed over.</summary>
    public bool IsSystemUser { get; }

    /// <summary>Finds a way that works in this folder; <paramref name="stayWithSystemUser"/> for a cluster that lives with the system user already.</summary>
    public static async Task<PostgresAccount> ChooseAsync(string folder, bool stayWithSystemUser, CancellationToken cancellation)
    {
        if (!Environment.IsPrivilegedProcess)
            return new PostgresAccount([], isSystemUser: false);
        if (!stayWithSystemUser && await WorksAsync([.. Namespace, "test", "-w", folder], cancellation))
            return new PostgresAccount(Namespace, isSystemUser: false);
        if (await WorksAsync([.. Demotion, "true"], cancellation))
            return new PostgresAccount(Demotion, isSystemUser: true);
        throw new PostgresUnavailableException(
            "PostgreSQL does not run as root, and neither user namespaces (unshare) nor the postgres user (setpriv) can be used here. Start CrisisOps as an ordinary user.");
    }

    /// <summary>Runs one of PostgreSQL's programs as this account.</summary>
    public Task<ChildOutcome> RunAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellation) =>
        ChildProcess.RunAsync([.. _prefix, program, .. arguments], cancellation);

    /// <summary>Gives a file or folder to the account, if that is another user than ourselves.</summary>
    public async Task HandOverAsync(string path, CancellationToken cancellation)
    {
        if (!IsSystemUser)
            return;
        var change = await ChildProcess.RunAsync(["chown", "--no-dereference", $"{SystemUser}:", path], cancellation);
        if (!change.Succeeded)
            throw new PostgresUnavailableException($"{path} cannot be given to the {SystemUser} user: {change.Output}");
    }

    private static async Task<bool> WorksAsync(string[] command, CancellationToken cancellation)
    {
        try
        {
            return (await ChildProcess.RunAsync(command, cancellation)).Succeeded;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false; // the program itself is not installed
        }
    }
}
