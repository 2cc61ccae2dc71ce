namespace CrisisOps.Server.Channels.Cap;

/// <summary>Who sends, by configuration. It never changes while an alert is open: later messages refer to earlier ones by it.</summary>
public sealed record CapSender
{
    /// <param name="name">What stands after <c>crisisops@</c>, for example a host name. No spaces, commas, &lt; or &amp; (CAP 1.2, 3.2.1 sender).</param>
    /// <param name="displayName">The same for people.</param>
    /// <exception cref="ArgumentException">The name would make every message invalid; better at start-up than in an alert.</exception>
    public CapSender(string name, string displayName)
    {
        if (!Fits(name))
        {
            throw new ArgumentException("The name of the sender has no spaces, commas, < or &, and is not empty.", nameof(name));
        }

        Address = $"crisisops@{name}";
        DisplayName = displayName;
    }

    /// <summary>Whether messages can be sent under that name.</summary>
    public static bool Fits(string name) => name.Length > 0 && !name.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is ',' or '<' or '&');

    public string Address { get; }

    public string DisplayName { get; }
}

/// <summary>What is not the same for every copy of an alert.</summary>
/// <param name="Recipient">The one partner this copy is for, as the event names it.</param>
/// <param name="Sent">The instant of the message, not of the attempt to send it: when its event was recorded. A repeated attempt sends the same bytes.</param>
public sealed record CapEnvelope(CapSender Sender, string Recipient, DateTimeOffset Sent);
