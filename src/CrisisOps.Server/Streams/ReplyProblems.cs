using System.Text;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Problems;

namespace CrisisOps.Server.Streams;

/// <summary>Turns what a lane answered into HTTP: the answer, or a problem that says what is allowed and who could help.</summary>
public sealed class ReplyProblems(CommandCatalog catalog, StreamKinds kinds, StreamLoader loader, PeopleDirectory people, DutyList duty, TimeProvider clock)
{
    public ValueTask<IResult> Answer<TState, TCommand>(Reply reply, Caller caller, string? key, CancellationToken cancellation)
        where TCommand : Command, ICommand<TState, TCommand> =>
        Answer(reply, TCommand.Rule.Name, kinds.Of<TState>(), caller, cancellation);

    public async ValueTask<IResult> Answer(Reply reply, string command, StreamKind kind, Caller caller, CancellationToken cancellation) => reply switch
    {
        Reply.Done { Opened: false } done when caller.Type != ActorType.Specialist => new Committed(done with { Answer = ReplyJson.WithoutState(done.Answer) }, $"/v1/{kind.Plural}/{done.Key}"),
        Reply.Done done => new Committed(done, $"/v1/{kind.Plural}/{done.Key}"),
        Reply.Refused refused => await Refusal(refused, command, kind, caller, cancellation),
        Reply.Moved moved => Problem.Moved(moved.Key, moved.Version),
        Reply.KeyReused => Problem.KeyReused,
        Reply.Busy busy => Problem.Busy(busy.Why),
        Reply.Gone => Problem.Busy("The caller has gone."), // for nobody to read
        _ => Problem.NotFound,
    };

    private async Task<Problem> Refusal(Reply.Refused refused, string command, StreamKind kind, Caller caller, CancellationToken cancellation)
    {
        var refusal = refused.Refusal;
        var (type, status, title) = refusal.Kind switch
        {
            RefusalKind.IllegalTransition => ("/problems/illegal-transition", 409, "Not possible from this state"),
            RefusalKind.Forbidden => ("/problems/forbidden", 403, "Not yours to do"),
            RefusalKind.TlpDenied => ("/problems/tlp-denied", 403, "Above your clearance"),
            RefusalKind.PolicyNotAcknowledged => ("/problems/policy-not-acknowledged", 409, "A mandatory policy update is not acknowledged"),
            RefusalKind.LegalHold => ("/problems/legal-hold", 423, "Under legal hold"),
            RefusalKind.Invalid => ("/problems/validation", 422, "The request is not valid"),
            _ => ("/problems/guard-failed", 422, "A guard refuses this"),
        };
        var exists = refused.Version > 0;
        var state = exists ? (await loader.Load([refused.Key], cancellation))[refused.Key].State : null;
        // How the case stands inside is not told to whoever reads a receipt of it (domain §9.5).
        var inside = caller.Type == ActorType.Specialist;
        return new Problem(type, status, title, inside || refusal.Kind != RefusalKind.IllegalTransition ? refusal.Detail : $"'{command}' is not possible now.")
        {
            Stream = exists ? refused.Key : null,
            From = exists && inside ? refused.State : null,
            Command = command,
            Guard = refusal.Guard,
            Errors = refusal.Kind == RefusalKind.Invalid ? new Dictionary<string, string[]> { [refusal.Guard] = [refusal.Detail] } : null,
            Allowed = state is null ? null : Allowed(kind, state, caller),
            Instead = refusal.Instead.IsEmpty ? null : refusal.Instead,
            WhoCould = await WhoCould(refusal, command, kind, state, caller, cancellation),
        };
    }

    private List<string> Allowed(StreamKind kind, object state, Caller caller) =>
        [.. catalog.Of(kind).Where(e => !e.Opens && !e.TimerOnly && caller.IsAny(e.Roles) && e.Admits(state)).Select(e => e.Name)];

    /// <summary>Colleagues on duty who could do it; partners and integrations learn no names.</summary>
    private async Task<IReadOnlyList<string>?> WhoCould(Refusal refusal, string command, StreamKind kind, object? state, Caller caller, CancellationToken cancellation)
    {
        if (caller.Type != ActorType.Specialist || refusal.Kind is RefusalKind.IllegalTransition or RefusalKind.Invalid or RefusalKind.TlpDenied)
        {
            return null;
        }

        var now = clock.GetUtcNow();
        var regions = state is null ? [] : kind.RegionsOf(state);
        var roles = refusal.Roles.IsEmpty ? catalog.Find(kind, command)!.Roles : refusal.Roles;
        var onShift = (await people.OnShift(roles, regions, now, cancellation)).Select(p => p.Id);
        var onDuty = (await duty.All(cancellation))
            .Where(d => !(d.Until <= now) && roles.Any(role => FunctionOf(role) == d.Function) && Regions.Intersect(regions, [d.Region]))
            .Select(d => d.Person);
        string[] could = [.. onShift.Concat(onDuty).Where(id => id != caller.Id).Distinct(StringComparer.Ordinal)];
        return could.Length == 0 ? null : could;
    }

    private static Function? FunctionOf(Role role) => role switch
    {
        Role.LegalCounsel => Function.Legal,
        Role.Communications => Function.Comms,
        Role.PolicyExpert => Function.PublicPolicy,
        _ => null,
    };

    /// <summary>200, or 201 with its place; always the version as ETag.</summary>
    private sealed class Committed(Reply.Done done, string location) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.StatusCode = done.Opened ? StatusCodes.Status201Created : StatusCodes.Status200OK;
            response.Headers.ETag = $"\"{done.Version}\"";
            if (done.Opened)
            {
                response.Headers.Location = location;
            }

            response.ContentType = "application/json";
            response.ContentLength = Encoding.UTF8.GetByteCount(done.Answer);
            Encoding.UTF8.GetBytes(done.Answer, response.BodyWriter);
            return response.BodyWriter.FlushAsync(httpContext.RequestAborted).AsTask();
        }
    }
}
