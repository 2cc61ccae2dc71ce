using System.Text;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Streams;
using Shouldly;

namespace CrisisOps.Server.Tests.Access;

public sealed class AccessPageTests
{
    private const string Start = "<!-- commands by role: made from the code by AccessPageTests -->";
    private const string End = "<!-- end of commands by role -->";

    /// <summary>Set to 1 to write the table instead of failing.</summary>
    private const string Update = "CRISISOPS_UPDATE_DOCS";

    [Fact]
    public void The_table_of_commands_by_role_says_what_the_code_says()
    {
        var path = Page();
        var page = File.ReadAllText(path);
        var start = page.IndexOf(Start, StringComparison.Ordinal) + Start.Length;
        var end = page.IndexOf(End, StringComparison.Ordinal);
        end.ShouldBeGreaterThan(start, "the markers stand in docs/access.md, in this order");
        var table = $"\n\n{Table()}";

        if (Environment.GetEnvironmentVariable(Update) == "1")
        {
            File.WriteAllText(path, $"{page[..start]}{table}{page[end..]}");
            return;
        }

        page[start..end].ReplaceLineEndings("\n").ShouldBe(table, $"docs/access.md is not what the code says; run this test with {Update}=1");
    }

    [Fact]
    public void Every_role_is_described()
    {
        var page = File.ReadAllText(Page());
        foreach (var role in Enum.GetValues<Role>().Where(r => r != Role.System))
        {
            page.ShouldContain($"**{RoleNames.Of(role)}**");
        }
    }

    private static string Table()
    {
        var commands = new CommandCatalog([.. StreamKinds.Discover()]).All;
        Role[] roles = [.. Enum.GetValues<Role>().Where(role => commands.Any(c => c.Roles.Contains(role)))];
        var table = new StringBuilder();
        foreach (var kind in commands.GroupBy(c => c.Kind.Plural).OrderBy(k => k.Key, StringComparer.Ordinal))
        {
            table.Append($"| on {kind.Key} | ").AppendJoin(" | ", roles.Select(RoleNames.Of)).Append(" |\n|---|").AppendJoin('|', roles.Select(_ => ":-:")).Append("|\n");
            foreach (var command in kind.OrderBy(c => c.Name, StringComparer.Ordinal))
            {
                table.Append($"| `{command.Name}` | ").AppendJoin(" | ", roles.Select(r => command.Roles.Contains(r) ? "•" : " ")).Append(" |\n");
            }

            table.Append('\n');
        }

        return table.ToString();
    }

    private static string Page()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "CrisisOps.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run inside the repository.");
        }

        return Path.Combine(folder, "docs", "access.md");
    }
}
