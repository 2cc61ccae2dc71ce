using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Harness;
using Npgsql;
using Shouldly;

namespace CrisisOps.Server.Tests.Hosting;

/// <summary>A server that can not run with what it was given says so in plain lines and ends; it neither starts nor throws.</summary>
public sealed class BadSettingsTests(TestPostgres postgres)
{
    [Fact]
    public async Task Every_fault_is_a_line_of_its_own_and_the_server_ends_with_one()
    {
        await using var database = await postgres.CreateDatabase();

        (await Refused(database.ConnectionString, new()
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["Rules:Crises:Clster:Count"] = "4",
            ["Rules:Crises:Cluster:Count"] = "many",
            ["Rules:Crises:Cadences:Level9"] = "00:20:00",
            ["Rules:Crises:AckWindows:Level1"] = "soon",
            ["Lanes:WaitingLmit"] = "4",
            ["Email:Host"] = "mail.crisisops.example",
            ["Enforcement:Url"] = "enforcement",
            ["Intake:Chunk"] = "0",
            ["Deliveries:Lease"] = "a minute",
            ["Telling:Duties:0:Function"] = "Cooks",
            ["Egress:AllowedNetworks:0"] = "10.1.0.0",
            ["Egress:Timeout"] = "short",
            ["Cap:Sender"] = "two words",
            ["Secrets:Key"] = "hush",
        })).ShouldBe(
            [
                "Egress:Timeout must be a time, hh:mm:ss or d.hh:mm:ss.",
                "Rules:Crises:AckWindows:Level1 must be a time, hh:mm:ss or d.hh:mm:ss.",
                "Rules:Crises:Cadences:Level9 is no setting.",
                "Rules:Crises:Clster is no setting.",
                "Rules:Crises:Cluster:Count must be a number.",
                "Lanes:WaitingLmit is no setting.",
                "Email:From is missing: mail comes from somebody.",
                "Enforcement:Url must be an absolute URL that begins with https:// or http://.",
                "Intake:Chunk is 1 to 10,000, Intake:WaitingLimit at least 1, Intake:BodyBytes at least 1 MB.",
                "Deliveries:Lease must be a time, hh:mm:ss or d.hh:mm:ss.",
                "Telling:Duties:0:Function must be one of " + string.Join(", ", Enum.GetNames<Domain.Shared.Function>()) + ".",
                "Egress:AllowedNetworks:0 must be a network such as 10.1.0.0/16.",
                "Cap:Sender must have no spaces, commas, < or &, and not be empty.",
                "Secrets:Key must be base64 of at least 32 bytes.",
                "History:SigningKey is missing: outside Development the history is signed with a key of yours. openssl genpkey -algorithm ed25519 makes one.",
            ],
            ignoreOrder: true);
    }

    [Fact]
    public async Task A_store_whose_clock_was_moved_opens_in_Development_only()
    {
        await using var database = await postgres.CreateDatabase();
        await using (var node = await TestNode.Start(database.ConnectionString))
        {
            var lead = await node.As("lead-01", roles: ["duty-lead"]);
            await lead.MoveTo((await lead.Now()).AddDays(1));
        }

        (await Refused(database.ConnectionString, new() { ["ASPNETCORE_ENVIRONMENT"] = "Production", ["History:SigningKey"] = Convert.ToBase64String(new byte[32]) }))
            .ShouldBe(["This store has a shifted clock (a scenario was played into it); it can only be opened in Development."]);
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Port=1;Username=nobody;Password=hush;Database=none", "The database of ConnectionStrings:CrisisOps does not let us in: Failed to connect to 127.0.0.1:1")]
    [InlineData("Hst=127.0.0.1;Password=hush", "ConnectionStrings:CrisisOps can not be read: Host=…;Port=…;Username=…;Password=…;Database=… is expected.")]
    [InlineData("postgres://nobody:hush@127.0.0.1/none", "ConnectionStrings:CrisisOps can not be read: Host=…;Port=…;Username=…;Password=…;Database=… is expected.")]
    public async Task A_database_that_can_not_be_reached_is_named_in_one_line_without_its_password(string connectionString, string line) =>
        (await Refused(connectionString, [])).ShouldHaveSingleItem().ShouldSatisfyAllConditions(said => said.ShouldStartWith(line), said => said.ShouldNotContain("hush"));

    [Fact]
    public async Task A_database_that_is_not_there_is_named_in_one_line()
    {
        await using var database = await postgres.CreateDatabase();
        var elsewhere = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Database = "nowhere" };

        (await Refused(elsewhere.ConnectionString, [])).ShouldHaveSingleItem().ShouldContain("database \"nowhere\" does not exist");
    }

    private static async Task<IReadOnlyList<string>> Refused(string connectionString, Dictionary<string, string> settings)
    {
        await using var server = await ServerProcess.Start(connectionString, settings, ready: false);
        (await server.Exit()).ShouldBe(1);
        return [.. server.Output];
    }
}
