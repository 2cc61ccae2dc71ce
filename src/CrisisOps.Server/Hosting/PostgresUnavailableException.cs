namespace CrisisOps.Server.Hosting;

/// <summary>PostgreSQL cannot be started here. The message is one sentence for a person, with what to do about it.</summary>
public sealed class PostgresUnavailableException(string message) : Exception(message);
