using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Escalations;

public sealed class SoughtWordsTests(TestPostgres postgres)
{
    [Fact]
    public async Task A_store_that_kept_words_in_the_rows_of_cases_finds_them_after_the_upgrade_and_not_those_that_were_erased()
    {
        await using var database = await postgres.CreateDatabase();
        string kept, erased;
        await using (var node = await TestNode.Start(database.ConnectionString))
        {
            var specialist = await node.As("spec-77");
            (kept, erased) = (await specialist.Raised(new { title = "Threat against Lind" }), await specialist.Raised(new { title = "Threat against Berg" }));
        }

        // As such a store was: the erased title is gone from the event, and not from the words.
        await database.Execute(
            """
            alter table crisis.escalations add column words tsvector;
            update crisis.escalations e set words = w.words from crisis.escalation_words w where w.key = e.key;
            create index escalations_words on crisis.escalations using gin (words);
            drop table crisis.escalation_words;
            """);
        await database.Execute("update crisis.mt_events set data = jsonb_set(data, '{title}', '\"[erased]\"') where stream_id = $1", erased);
        await database.Execute("insert into crisis.history_erased (stream, version) values ($1, 1)", erased);

        await using var upgraded = await TestNode.Start(database.ConnectionString);

        var reader = await upgraded.As("spec-77");
        (await reader.Get("/v1/escalations?q=lind")).ShouldBe(200).Text.ShouldContain(kept);
        (await reader.Get("/v1/escalations?q=berg")).ShouldBe(200).Text.ShouldNotContain(erased);
        (await reader.Get($"/v1/escalations?q={erased}")).ShouldBe(200).Text.ShouldContain(erased);
        (await database.Scalar<long>("select count(*) from information_schema.columns where table_schema = 'crisis' and table_name = 'escalations' and column_name = 'words'")).ShouldBe(0);
    }
}
