namespace CrisisOps.Server.Streams;

/// <summary>What the reference page shows of a kind of stream: a key, an answer to what opens it, and an answer to a later command.</summary>
/// <param name="Id">The name and the value of an id that the later event made, if it made one.</param>
public sealed record KindExample(string Key, string Opening, string Opened, string Event, string State, (string Name, string Value)? Id = null);
