using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Channels.Webhook;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using FluentValidation;
using Wolverine;

namespace CrisisOps.Server.Enforcement;

/// <summary>What became of an order, as the platform says.</summary>
/// <param name="Order">The id of the order, <c>data.order</c>.</param>
/// <param name="Results">1 to 100, each action of the order at most once. Those that are not known yet may follow later.</param>
public sealed record EnforcementConfirmation(string Order, IReadOnlyList<ConfirmedAction> Results);

/// <param name="ExternalRef">The platform's own reference; at most 200 characters.</param>
/// <param name="At">When it happened; absent means now.</param>
/// <param name="Failure">Why it failed; at most 2,000 characters.</param>
public sealed record ConfirmedAction(string ActionId, bool Done, string? ExternalRef = null, DateTimeOffset? At = null, string? Failure = null);

/// <summary>
/// <c>POST /v1/enforcement/confirmations</c>: the platform says what it did. Its signature is its right; no token is needed. What it says is
/// recorded by the case as the system's word.
/// </summary>
public sealed class ConfirmEnforcement : IRoutes
{
    private const int BodyLimit = 256 * 1024;

    private static readonly Problem _unsigned = Problem.Unauthenticated with
    {
        Detail = "The headers webhook-id, webhook-timestamp and webhook-signature are missing, too old, or do not fit the body and the secret.",
    };

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/v1/enforcement/confirmations", Post).AllowAnonymous();

    private static async Task<IResult> Post(HttpContext http, EnforcementSettings settings, OrdersOut orders, TimeProvider clock, IMessageBus bus, CancellationToken cancellation)
    {
        // Nothing is read of a request that could not be believed anyway.
        if (settings.ConfirmationKey() is not { } key || WebhookVerification.Headers(http.Request.Headers) is not { } headers)
        {
            return _unsigned;
        }

        var (unreadable, body) = await JsonBodies.Bytes(http, BodyLimit);
        if (unreadable is not null)
        {
            return unreadable;
        }

        if (!WebhookVerification.Verified(headers, body, [key]))
        {
            return _unsigned;
        }

        var (malformed, confirmation) = JsonBodies.Parse<EnforcementConfirmation>(body);
        if (malformed is not null || CommandRequests.Invalid(http, confirmation!, out malformed))
        {
            return malformed!;
        }

        if (await orders.Sent(confirmation!.Order, cancellation) is not { } order)
        {
            return Problem.NotFound;
        }

        var (wrong, reports) = Reports(confirmation, order, clock.GetUtcNow());
        return wrong ?? await Record(order, reports, Terms(headers, body), orders, bus, cancellation);
    }

    private static (Problem? Problem, IReadOnlyList<EnforcementReport> Reports) Reports(EnforcementConfirmation confirmation, OrderOut order, DateTimeOffset now)
    {
        List<EnforcementReport> reports = [];
        foreach (var (index, result) in confirmation.Results.Index())
        {
            if (order.Actions.FirstOrDefault(a => a.ActionId == result.ActionId) is not { } action)
            {
                return (Problem.Validation($"results[{index}].actionId", "is no action of this order"), []);
            }

            if (reports.Exists(r => r.ActionId == action.ActionId))
            {
                return (Problem.Validation($"results[{index}].actionId", "stands in results twice"), []);
            }

            if (result.At > now + CommandGate.ClockTolerance)
            {
                return (Problem.Validation($"results[{index}].at", "can not have happened in the future"), []);
            }

            // Two clocks are never quite the same.
            reports.Add(new EnforcementReport(action.Action, result.Done, result.ExternalRef, result.At > now ? null : result.At, result.Failure, action.ActionId, order.Ends));
        }

        return (null, reports);
    }

    private static async Task<IResult> Record(OrderOut order, IReadOnlyList<EnforcementReport> reports, OrderTerms terms, OrdersOut orders, IMessageBus bus, CancellationToken cancellation)
    {
        var reply = await bus.InvokeAsync<Reply>(
            new Order<RecordEnforcement>(order.Escalation, new RecordEnforcement(reports), Caller.System, terms with { Correlation = order.Id }), cancellation);
        bool? recorded = reply switch
        {
            Reply.Done done => JsonDocument.Parse(done.Answer).RootElement.GetProperty("events").GetArrayLength() > 0,
            Reply.Refused => false, // another decision has taken its place, or the case is closed
            _ => null,
        };
        if (recorded is null)
        {
            return reply is Reply.KeyReused ? Problem.KeyReused with { Detail = "This webhook-id was used before with another body." } : Problem.Busy("It could not be recorded now.");
        }

        await orders.Acknowledge(order.Id, cancellation);
        return Results.Json(new { Order = order.Id, Recorded = recorded }, Json.Stored);
    }

    /// <summary>A message that comes again has its effect once, and gets the first answer: it is known by its id.</summary>
    private static OrderTerms Terms(WebhookHeaders headers, byte[] body) =>
        new(new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"platform\nenforcement/confirmations\n{headers.Id}")).AsSpan(0, 16)), new Guid(SHA256.HashData(body).AsSpan(0, 16)));
}

public sealed class EnforcementConfirmationValidator : AbstractValidator<EnforcementConfirmation>
{
    public EnforcementConfirmationValidator()
    {
        RuleFor(c => c.Order).Text(60);
        RuleFor(c => c.Results).NotEmpty().WithMessage("must not be empty");
        RuleFor(c => c.Results).Most(100);
        RuleForEach(c => c.Results).ChildRules(result =>
        {
            result.RuleFor(r => r.ActionId).Text(60);
            result.RuleFor(r => r.ExternalRef).OptionalText(200);
            result.RuleFor(r => r.Failure).OptionalText(2_000);
            result.RuleFor(r => r.At).Instant();
        });
    }
}
