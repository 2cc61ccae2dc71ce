using System.Net.Http.Headers;
using System.Text;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Problems;

/// <summary>Bodies that no command can be read from: a problem that names the member, and nothing written.</summary>
public sealed class BadBodyTests(Untouched server) : IClassFixture<Untouched>
{
    [Theory]
    [InlineData("", 400, null)]
    [InlineData("null", 400, null)]
    [InlineData("{", 400, null)]
    [InlineData("{\"text\":\"a\"} x", 400, null)]
    [InlineData("{\"text\":\"a\",}", 400, null)]
    [InlineData("{/* a */\"text\":\"a\"}", 400, null)]
    [InlineData("{'text':'a'}", 400, null)]
    [InlineData("[]", 400, null)]
    [InlineData("7", 400, null)]
    [InlineData("\"text\"", 400, null)]
    [InlineData("{}", 422, "text")]
    [InlineData("{\"text\":null}", 422, "text")]
    [InlineData("{\"text\":7}", 422, "text")]
    [InlineData("{\"text\":[\"a\"]}", 422, "text")]
    [InlineData("{\"text\":{}}", 422, "text")]
    [InlineData("{\"text\":\"\"}", 422, "text")]
    [InlineData("{\"text\":\" \\t\\n\"}", 422, "text")]
    [InlineData("{\"Text\":\"a\"}", 422, null)]
    [InlineData("{\"text\":\"a\",\"text\":\"b\"}", 422, "text")]
    [InlineData("{\"text\":\"a\",\"txt\":\"b\"}", 422, "txt")]
    [InlineData("{\"text\":\"a\",\"__proto__\":{}}", 422, "__proto__")]
    [InlineData("{\"text\":\"a\",\"$type\":\"x\"}", 422, null)]
    [InlineData("{\"text\":\"a\",\"coreOnly\":\"true\"}", 422, "coreOnly")]
    [InlineData("{\"text\":\"a\",\"coreOnly\":1}", 422, "coreOnly")]
    [InlineData("{\"text\":\"a\",\"coreOnly\":null}", 422, "coreOnly")]
    [InlineData("{\"text\":\"a\",\"tlp\":\"PURPLE\"}", 422, "tlp")]
    [InlineData("{\"text\":\"a\",\"tlp\":2}", 422, "tlp")]
    [InlineData("{\"text\":\"a\",\"tlp\":\"2\"}", 422, "tlp")]
    [InlineData("{\"text\":\"a\",\"tlp\":\"GREEN, AMBER\"}", 422, "tlp")]
    [InlineData("{\"text\":\"a\",\"tlp\":\"\"}", 422, "tlp")]
    [InlineData("{\"text\":\"a\",\"occurredAt\":\"2026-01-01T10:00:00\"}", 422, "occurredAt")]
    [InlineData("{\"text\":\"a\",\"occurredAt\":\"2026-01-01\"}", 422, "occurredAt")]
    [InlineData("{\"text\":\"a\",\"occurredAt\":\"yesterday\"}", 422, "occurredAt")]
    [InlineData("{\"text\":\"a\",\"occurredAt\":\"\"}", 422, "occurredAt")]
    [InlineData("{\"text\":\"a\",\"occurredAt\":1767261600}", 422, "occurredAt")]
    [InlineData("{\"text\":\"a\",\"occurredAt\":\"2026-02-30T10:00:00Z\"}", 422, "occurredAt")]
    [InlineData("{\"text\":\"a\",\"occurredAt\":\"2026-01-01T25:00:00Z\"}", 422, "occurredAt")]
    [InlineData("{\"text\":\"a\",\"occurredAt\":\"2026-01-01T10:00:00+25:00\"}", 422, "occurredAt")]
    [InlineData("{\"text\":\"a\",\"occurredAt\":\"0001-01-01T00:00:00+14:00\"}", 422, "occurredAt")]
    [InlineData("{\"text\":\"a\",\"occurredAt\":\"9999-12-31T23:59:59-14:00\"}", 422, "occurredAt")]
    [InlineData("{\"text\":\"a\",\"occurredAt\":\"1999-12-31T23:59:59Z\"}", 422, "occurredAt")]
    [InlineData("{\"text\":\"a\",\"occurredAt\":\"2999-01-01T00:00:00Z\"}", 422, "occurredAt")]
    [InlineData("{\"text\":\"a\\u0000b\"}", 422, "text")]
    [InlineData("{\"text\":\"a\\ud800b\"}", null, "text")]
    [InlineData("{\"text\":\"\\udc00\\ud800\"}", null, "text")]
    [InlineData("{\"text\":\"a\\u202egnihton\"}", 422, "text")]
    [InlineData("{\"text\":\"a\\u0007\"}", 422, "text")]
    [InlineData("{\"text\":\"a\\uffff\"}", 422, "text")]
    public async Task A_note_with_this_body_is_refused(string body, int? status, string? member) =>
        await Refused($"/v1/escalations/{await server.Key()}/post-note", body, status, member);

    [Theory]
    [InlineData("\"title\":\"\"", "title")]
    [InlineData("\"source\":\"Rumour\"", "source")]
    [InlineData("\"source\":5", "source")]
    [InlineData("\"surface\":\"99\"", "surface")]
    [InlineData("\"reportCount\":0", "reportCount")]
    [InlineData("\"reportCount\":1.5", "reportCount")]
    [InlineData("\"reportCount\":99999999999999999999", "reportCount")]
    [InlineData("\"reportCount\":\"3\"", "reportCount")]
    [InlineData("\"region\":\"XN\"", "region")]
    [InlineData("\"region\":[null]", null)]
    [InlineData("\"region\":[\"xn\"]", "region")]
    [InlineData("\"region\":[\"XN\\n\"]", "region")]
    [InlineData("\"region\":[\"XN'; drop table crisis.timeline; --\"]", "region")]
    [InlineData("\"language\":[\"English please\"]", "language")]
    [InlineData("\"hardDeadline\":\"3026-01-01T00:00:00Z\"", "hardDeadline")]
    [InlineData("\"hardDeadline\":\"tomorrow\"", "hardDeadline")]
    [InlineData("\"externalRef\":\"\"", "externalRef")]
    [InlineData("\"externalRef\":\"a\\u0000\"", "externalRef")]
    [InlineData("\"contentRefs\":[null]", null)]
    [InlineData("\"contentRefs\":[{}]", null)]
    [InlineData("\"contentRefs\":[{\"itemId\":\"\",\"itemType\":\"post\"}]", "contentRefs[0].itemId")]
    [InlineData("\"contentRefs\":[{\"itemId\":\"1\",\"itemType\":\"post\",\"colour\":\"red\"}]", "contentRefs[0].colour")]
    [InlineData("\"requester\":{\"partnerId\":\"\"}", "requester.partnerId")]
    [InlineData("\"requester\":[]", "requester")]
    [InlineData("\"severity\":\"SEV1\"", "severity")]
    [InlineData("\"clocks\":[]", "clocks")]
    [InlineData("\"key\":\"ESC-2027-000001\"", "key")]
    public async Task A_raise_with_this_member_is_refused(string wrong, string? member)
    {
        var plain = new Dictionary<string, string> { ["title"] = "\"A report\"", ["source"] = "\"UserReport\"", ["surface"] = "\"Feed\"" };
        plain.Remove(wrong.Split('"')[1]);
        await Refused("/v1/escalations", $"{{{string.Join(',', plain.Select(m => $"\"{m.Key}\":{m.Value}"))},{wrong}}}", 422, member);
    }

    [Fact]
    public async Task A_text_that_is_too_long_is_refused_and_not_said_back()
    {
        var text = new string('x', 10_001);

        var refused = await Refused($"/v1/escalations/{await server.Key()}/post-note", $"{{\"text\":\"{text}\"}}", 422, "text");

        refused.Text.ShouldNotContain("xxxx");
    }

    [Fact]
    public async Task Deep_nesting_is_refused()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"text\":", 5000)) + "1" + new string('}', 5000);

        await Refused($"/v1/escalations/{await server.Key()}/post-note", deep, null, null);
    }

    [Fact]
    public async Task A_member_name_of_any_length_is_not_said_back_in_full()
    {
        var refused = await Refused($"/v1/escalations/{await server.Key()}/post-note", $"{{\"text\":\"a\",\"{new string('n', 100_000)}\":1}}", 422, null);

        refused.Text.Length.ShouldBeLessThan(2000);
    }

    [Fact]
    public async Task Bytes_that_are_no_UTF8_are_refused() =>
        (await Sent([.. "{\"text\":\"a"u8, 0xC3, 0x28, 0xFF, .. "\"}"u8], "application/json")).Status.ShouldBeOneOf(400, 422);

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data")]
    [InlineData("application/jsonx")]
    [InlineData(null)]
    public async Task Another_content_type_is_refused(string? type) =>
        (await Sent([.. "{\"text\":\"a\"}"u8], type)).ShouldBeProblem(415, "unsupported-media-type");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_over_the_limit_is_refused(bool chunked) =>
        (await Sent(Encoding.UTF8.GetBytes($"{{\"text\":\"{new string('x', 300_000)}\"}}"), "application/json", chunked)).ShouldBeProblem(413, "too-large");

    private Task<Answer> Sent(byte[] body, string? type, bool chunked = false) => server.WritesNothing(key =>
    {
        var content = new ByteArrayContent(body) { Headers = { ContentType = type is null ? null : new MediaTypeHeaderValue(type) } };
        return server.Specialist.Send(HttpMethod.Post, $"/v1/escalations/{key}/post-note", content, request => request.Headers.TransferEncodingChunked = chunked);
    });

    private async Task<Answer> Refused(string path, string body, int? status, string? member)
    {
        var answer = await server.WritesNothing(_ => server.Specialist.Send(HttpMethod.Post, path, body));
        answer.ShouldBeProblem(status ?? (answer.Status is 400 ? 400 : 422), "validation", member: member);
        answer.Members.ShouldNotBeEmpty();
        return answer;
    }
}
