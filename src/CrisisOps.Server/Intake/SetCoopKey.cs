using System.Security.Cryptography;
using CrisisOps.Domain.Intake;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;
using Wolverine.Http;

namespace CrisisOps.Server.Intake;

public static class SetCoopKeyEndpoint
{
    [WolverinePost("/v1/sources/{key}/set-coop-key")]
    public static Task<IResult> Post(string key, HttpContext http, IMessageBus bus) => bus.Take<AlertSource, SetCoopKey>(http, key);
}

public sealed class SetCoopKeyValidator : AbstractValidator<SetCoopKey>
{
    private const int LeastBits = 2_048;

    public SetCoopKeyValidator()
    {
        RuleFor(c => c.PublicKeyPem).OptionalText(10_000);
        RuleFor(c => c.PublicKeyPem).Must(pem => pem is null || IsPublicKey(pem)).WithMessage("an RSA public key of at least 2,048 bits, PEM; never a private one");
    }

    /// <summary>What is taken stands on an event for good, so a private key must not be.</summary>
    private static bool IsPublicKey(string pem)
    {
        if (pem.Contains("PRIVATE KEY", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        try
        {
            using var rsa = RSA.Create();
            rsa.ImportFromPem(pem);
            return rsa.KeySize >= LeastBits;
        }
        catch (Exception exception) when (exception is ArgumentException or CryptographicException)
        {
            return false;
        }
    }
}

public static class SetCoopKeyHandler
{
    public static Task<Reply> Handle(Order<SetCoopKey> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<AlertSource, SetCoopKey>(order, cancellation);
}
