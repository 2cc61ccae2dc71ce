namespace CrisisOps.Domain.Partners;

/// <summary>How a timeline names an endpoint: by id and channel. An address may hold a token or be somebody's, so none is ever told.</summary>
internal static class EndpointText
{
    public static string Of(Partner state, string endpointId, string what) =>
        state.Endpoints.Find(e => e.EndpointId == endpointId) is { } endpoint ? $"Endpoint {endpointId} ({endpoint.Channel}) {what}" : $"Endpoint {endpointId} {what}";
}
