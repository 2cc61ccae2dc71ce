using CrisisOps.Domain.Shared;
using CrisisOps.Domain.Subscriptions;
using CrisisOps.Server.Deliveries;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using Wolverine;

namespace CrisisOps.Server.Subscriptions;

/// <summary>
/// Saying yes to a subscription, and ending it, with the signed link of a message. A mail program may end it with one click (RFC 8058): it
/// sends the same POST that the button of the page sends.
/// </summary>
public sealed class SubscriptionLinks : IRoutes
{
    /// <summary>Purpose of the link that confirms.</summary>
    public const string Subscribe = "subscribe";

    /// <summary>Purpose of the link that ends it.</summary>
    public const string Unsubscribe = "unsubscribe";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet($"/v1/links/{Subscribe}/{{token}}", (string token, HttpContext http, SignedLinks links) =>
            links.Read(Subscribe, token) is null ? Problem.NotFound : LinkPages.Ask(http, "Confirm what you are told", "Yes, send me these messages", asks: false)).AllowAnonymous().ExcludeFromDescription(); // a page for people
        app.MapGet($"/v1/links/{Unsubscribe}/{{token}}", (string token, HttpContext http, SignedLinks links) =>
            links.Read(Unsubscribe, token) is null ? Problem.NotFound : LinkPages.Ask(http, "End these messages", "Yes, send me no more of them", asks: false)).AllowAnonymous().ExcludeFromDescription(); // a page for people
        app.MapPost($"/v1/links/{Subscribe}/{{token}}", Confirm).AllowAnonymous().DisableAntiforgery();
        app.MapPost($"/v1/links/{Unsubscribe}/{{token}}", End).AllowAnonymous().DisableAntiforgery();
    }

    private static Task<IResult> Confirm(string token, HttpContext http, SignedLinks links, StreamLoader loader, IMessageBus bus, CancellationToken cancellation) =>
        Give(Subscribe, token, new ConfirmSubscription(), "Confirmed. Thank you.", http, links, loader, bus, cancellation);

    /// <summary>The body is not looked at: the link says it all, and a client that sends none means the same.</summary>
    private static Task<IResult> End(string token, HttpContext http, SignedLinks links, StreamLoader loader, IMessageBus bus, CancellationToken cancellation) =>
        Give(Unsubscribe, token, new RemoveSubscription("ended with the link in a message"), Ended, http, links, loader, bus, cancellation);

    private const string Ended = "Ended. You get no more of these messages.";

    private static async Task<IResult> Give<TCommand>(
        string purpose, string token, TCommand command, string done, HttpContext http, SignedLinks links, StreamLoader loader, IMessageBus bus, CancellationToken cancellation)
        where TCommand : Command
    {
        if (links.Read(purpose, token) is not { } key)
        {
            return Problem.NotFound;
        }

        return await bus.InvokeAsync<Reply>(new Order<TCommand>(key, command, Caller.System, OrderTerms.None), cancellation) switch
        {
            Reply.Done => LinkPages.Done(http, done),
            Reply.Refused => LinkPages.Done(http, ((Subscription)(await loader.Load([key], cancellation))[key].State).Open ? "This was confirmed before. Thank you." : Ended),
            Reply.Busy => Problem.Busy("It could not be recorded now."),
            _ => Problem.NotFound,
        };
    }
}
