namespace CrisisOps.Server.Channels.Cap;

/// <summary>What is wrong with a message. Never quotes it: findings are logged and told (domain §4).</summary>
/// <param name="Rule">A stable name in kebab-case.</param>
/// <param name="Source">The text that the rule is from.</param>
/// <param name="Where">The element, as a path: <c>alert/info/area/ceiling</c>.</param>
/// <param name="What">A sentence: what is missing or wrong.</param>
public sealed record CapFinding(string Rule, string Source, string Where, string What);
