using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Intake;

/// <summary>Says with which key Coop signs what it sends; the one before ends at once.</summary>
/// <param name="PublicKeyPem">An RSA public key of at least 2,048 bits, PEM; null when it signs no more.</param>
public sealed record SetCoopKey(string? PublicKeyPem) : Command, IAlertSourceCommand<SetCoopKey>
{
    private const string Example = """
        -----BEGIN PUBLIC KEY-----
        MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAnXo0FIioP2M9uxiAcs0J
        s7QXJCMGIBe1gOtxIj4KdQYDHfNP7pYVSOfzqEemBWVoi0JrX+FtoBymuaPwbeBm
        J3NkbmFg5XVaN6/Y7PDjSXFapWSwy5VUa/ovV1BOC8fGidZJRhloyal0dw9F8mDk
        LxjCKE1gU9pcuMuSA4aUet9fYgKRYNp5TzJLLk3kqElGV4ljPu/Bbdjof3OcIJgv
        qTM/9ygTJkkJ/7TRHueyWFr8duc2vmdV38ladGuJJyYSwBORDeOsKbmZbuKR7J8/
        U2J8DLaJhqAhUsEjToeYDgV8o/eUu2XXyTcsCYtM8G2wfXfHkBJiY6B6Jz4+RjDP
        7QIDAQAB
        -----END PUBLIC KEY-----
        """;

    public static CommandRule<AlertSource> Rule { get; } = SourceGivers.WhileOpen("set-coop-key");

    public static Ruling Decide(SetCoopKey command, AlertSource state, DecisionContext context) => command.PublicKeyPem == state.CoopPublicKey
        ? Ruling.Refuse("change-given", command.PublicKeyPem is null ? "No key of Coop is known here." : "This key is known here already.")
        : Ruling.Accept(new CoopKeySet(command.PublicKeyPem));

    public static IEnumerable<SetCoopKey> Samples(AlertSource state, DecisionContext context) => [new(Example)];
}

/// <param name="Pem">Null when it signs no more.</param>
public sealed record CoopKeySet(string? Pem) : IAlertSourceEvent
{
    public AlertSource Apply(AlertSource state, Stamp stamp) => state with { CoopPublicKey = Pem };

    public Entry Tell(AlertSource before, AlertSource after, Stamp stamp) =>
        new Entry(EntryKind.Note, Pem is null ? "Key of Coop taken away" : "Key of Coop set").ToCrossFunctional();
}
