using System.Net;
using System.Net.Sockets;

namespace CrisisOps.Server.Deliveries;

/// <summary>
/// Where messages may go: public addresses, and the networks that <c>Egress:AllowedNetworks</c> names. Whoever registers an endpoint chooses
/// what this server connects to; it must not be a way into the network it stands in.
/// </summary>
public sealed class EgressGuard
{
    // IANA's special-purpose registries (RFC 6890), and what carries an IPv4 address inside an IPv6 one. Of IPv6 only 2000::/3 is given out.
    private static readonly IPNetwork[] _closed =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
            "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "::/3", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "4000::/2", "8000::/1",
        }.Select(IPNetwork.Parse),
    ];

    private readonly IPNetwork[] _allowed;
    private readonly Uri? _only;

    public EgressGuard(IConfiguration configuration)
        : this(Networks(configuration), null)
    {
    }

    private EgressGuard(IPNetwork[] allowed, Uri? only) => (_allowed, _only) = (allowed, only);

    /// <summary>The networks beside the public addresses.</summary>
    /// <exception cref="InvalidOperationException">One of them is none.</exception>
    public static IPNetwork[] Networks(IConfiguration configuration) =>
    [
        .. configuration.GetSection("Egress:AllowedNetworks").GetChildren().Select(one => IPNetwork.TryParse(one.Value, out var network)
            ? network
            : throw new InvalidOperationException($"{one.Path} must be a network such as 10.1.0.0/16.")),
    ];

    /// <summary>
    /// For the one place that the operator of this server configures, whatever network it lies in, and for no other. It needs a client of its
    /// own: connections are shared within one, and nobody else's message may find this one open.
    /// </summary>
    public static EgressGuard Only(Uri place) => new([], place);

    public bool Allows(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return Array.Exists(_allowed, network => network.Contains(plain)) || !Array.Exists(_closed, network => network.Contains(plain));
    }

    private bool IsOnly(DnsEndPoint host) => string.Equals(host.Host, _only!.IdnHost, StringComparison.OrdinalIgnoreCase) && host.Port == _only.Port;

    /// <summary>Connects to an address that was looked at: the name is resolved once, so that no second answer can lead elsewhere.</summary>
    /// <exception cref="EgressRefusedException">No address of the host may be reached.</exception>
    public async Task<Stream> Connect(DnsEndPoint host, CancellationToken cancellation)
    {
        IPAddress[] all = IPAddress.TryParse(host.Host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host.Host, cancellation);
        IPAddress[] open = [.. all.Where(address => _only is null ? Allows(address) : IsOnly(host))];
        if (open.Length == 0)
        {
            throw new EgressRefusedException();
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(open, host.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>A host leads to no address that may be reached.</summary>
public sealed class EgressRefusedException() : IOException("The address may not be reached.");
