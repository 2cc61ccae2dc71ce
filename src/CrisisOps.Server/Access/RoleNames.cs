using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json.Serialization;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Server.Access;

/// <summary>Roles as tokens, problems and docs write them: <c>duty-lead</c>.</summary>
public static class RoleNames
{
    private static readonly FrozenDictionary<Role, string> _names = Enum.GetValues<Role>().ToFrozenDictionary(
        role => role,
        role => typeof(Role).GetField(role.ToString())!.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()!.Name);

    private static readonly FrozenDictionary<string, Role> _roles = _names.Where(pair => pair.Key != Role.System)
        .ToFrozenDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);

    public static string Of(Role role) => _names[role];

    /// <summary>The role of a token's claim; the system's role can not be claimed.</summary>
    public static Role? Parse(string name) => _roles.TryGetValue(name, out var role) ? role : null;
}
