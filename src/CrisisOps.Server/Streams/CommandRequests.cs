using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Telling;
using FluentValidation;
using Wolverine;

namespace CrisisOps.Server.Streams;

/// <summary>From an HTTP request to a command and back: reads the body strictly, checks its shape, sends it, answers.</summary>
public static class CommandRequests
{
    private const int BodyLimit = 256 * 1024;
    private const int KeyLimit = 255;

    /// <summary>Takes a command from a request and sends it to its handler.</summary>
    /// <param name="key">The stream; null for a command that opens one.</param>
    public static Task<IResult> Take<TState, TCommand>(this IMessageBus bus, HttpContext http, string? key = null)
        where TCommand : Command, ICommand<TState, TCommand> =>
        bus.Take<TState, TCommand>(http, key, static (command, give) => give(command));

    /// <summary>The same with something to do around it: it gets the command that was read and gives that one, or another one in its place. A repeat is known by the body that came, whatever is made of it.</summary>
    public static async Task<IResult> Take<TState, TCommand>(this IMessageBus bus, HttpContext http, string? key, Func<TCommand, Func<TCommand, Task<Reply>>, Task<Reply>> around)
        where TCommand : Command, ICommand<TState, TCommand>
    {
        var caller = Callers.Of(http);
        var (problem, body) = await ReadBody(http);
        if (problem is not null)
        {
            return problem;
        }

        using (body)
        {
            var (badHeader, terms) = Terms(http, caller, $"{typeof(TState).Name}/{TCommand.Rule.Name}/{key}", body!.Bytes);
            if (badHeader is not null)
            {
                return badHeader;
            }

            var (malformed, command) = Parse<TCommand>(body.Bytes);
            if (malformed is not null || Invalid(http, command!, out malformed))
            {
                return malformed!;
            }

            var reply = await around(command!, given => bus.InvokeAsync<Reply>(new Order<TCommand>(key, given, caller, terms), http.RequestAborted));
            if (reply is Reply.Done { Tried.Count: > 0 } tried && caller.Type == ActorType.Specialist)
            {
                reply = tried with { Answer = await http.RequestServices.GetRequiredService<DryRunTelling>().Answer(tried.Answer, tried.Tried, http.RequestAborted) };
            }

            return await http.RequestServices.GetRequiredService<ReplyProblems>().Answer<TState, TCommand>(reply, caller, key, http.RequestAborted);
        }
    }

    /// <summary>Reads a command strictly; on failure the problem names the member.</summary>
    public static (Problem? Problem, TCommand? Command) Parse<TCommand>(ReadOnlySpan<byte> json)
        where TCommand : Command
    {
        try
        {
            var command = JsonSerializer.Deserialize<TCommand>(json, Json.Strict);
            if (command is null)
            {
                return (Problem.Malformed("$", "The body must be a JSON object, not null."), null);
            }

            return ListNulls.Find(json) is { } member ? (Problem.Validation(member, "must not hold null"), null) : (null, command);
        }
        catch (JsonException exception)
        {
            return (JsonErrors.Explain(exception), null);
        }
    }

    /// <summary>Checks the shape with the command's validator, if it has one.</summary>
    public static bool Invalid<TCommand>(HttpContext http, TCommand command, out Problem? problem)
    {
        problem = null;
        if (http.RequestServices.GetService<IValidator<TCommand>>() is not { } validator || validator.Validate(command) is not { IsValid: false } result)
        {
            return false;
        }

        var errors = result.Errors
            .GroupBy(e => JsonErrors.Path(e.PropertyName))
            .ToDictionary(group => group.Key, group => group.Select(e => e.ErrorMessage).ToArray());
        problem = new Problem("/problems/validation", 422, "The request is not valid", string.Join(" ", errors.SelectMany(e => e.Value))) { Errors = errors };
        return true;
    }

    /// <param name="route">The command and its stream, however the path was spelled.</param>
    private static (Problem? Problem, OrderTerms Terms) Terms(HttpContext http, Caller caller, string route, ReadOnlySpan<byte> body)
    {
        var headers = http.Request.Headers;
        long? expected = null;
        if (headers.IfMatch.Count > 0)
        {
            if (headers.IfMatch is not [['"', .., '"'] match] || !long.TryParse(match.AsSpan(1, match.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out var version))
            {
                return (Problem.Validation("If-Match", "must be one quoted version, for example \"7\""), OrderTerms.None);
            }

            expected = version;
        }

        Guid? scope = null;
        var bodyHash = Guid.Empty;
        if (headers["Idempotency-Key"] is { Count: > 0 } keys)
        {
            if (keys is not [{ Length: > 0 and <= KeyLimit } idempotency])
            {
                return (Problem.Validation("Idempotency-Key", "must be one key of 1 to 255 characters"), OrderTerms.None);
            }

            scope = Hash(Encoding.UTF8.GetBytes($"{caller.Id}\n{route}\n{idempotency}"));
            bodyHash = Hash(body);
        }

        // Misspelt, it would be done in earnest.
        var query = new Queries(http, "dryRun");
        var dryRun = query.Flag("dryRun");
        return (query.Problem, new OrderTerms(scope, bodyHash, expected, Correlation(http), null, dryRun));
    }

    /// <summary>The caller's own id for what belongs together, if it is one; else the request's.</summary>
    private static string Correlation(HttpContext http) =>
        http.Request.Headers["X-Correlation-ID"] is [{ Length: > 0 and <= 100 } correlation] && !correlation.Any(char.IsControl) ? correlation : http.TraceIdentifier;

    private static Guid Hash(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return new Guid(hash[..16]);
    }

    private static async Task<(Problem? Problem, PooledBody? Body)> ReadBody(HttpContext http)
    {
        if (!http.Request.HasJsonContentType())
        {
            return (Problem.MediaTypeNeeded, null);
        }

        if (http.Request.ContentLength > BodyLimit)
        {
            return (Problem.TooLarge, null);
        }

        var reader = http.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(http.RequestAborted);
            if (read.Buffer.Length > BodyLimit)
            {
                reader.AdvanceTo(read.Buffer.End);
                return (Problem.TooLarge, null);
            }

            if (read.IsCompleted)
            {
                var body = PooledBody.Copy(read.Buffer);
                reader.AdvanceTo(read.Buffer.End);
                return (null, body);
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private sealed class PooledBody : IDisposable
    {
        private readonly byte[] _rented;
        private readonly int _length;

        private PooledBody(byte[] rented, int length) => (_rented, _length) = (rented, length);

        public ReadOnlySpan<byte> Bytes => _rented.AsSpan(0, _length);

        public static PooledBody Copy(ReadOnlySequence<byte> sequence)
        {
            var rented = ArrayPool<byte>.Shared.Rent((int)Math.Max(1, sequence.Length));
            sequence.CopyTo(rented);
            return new PooledBody(rented, (int)sequence.Length);
        }

        public void Dispose() => ArrayPool<byte>.Shared.Return(_rented);
    }
}
