using System.Collections.Frozen;
using System.Reflection;
using System.Text;
using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Deliveries;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Telling;

/// <summary>What a template is for. <c>any</c> stands for every audience or channel that has none of its own.</summary>
public sealed record TemplateKey(string Kind, string Audience, string Channel, string Language)
{
    public const string Any = "any";
    public const string English = "en";

    /// <summary>As a delivery names it.</summary>
    public override string ToString() => $"{Kind}/{Audience}/{Channel}/{Language}";
}

/// <summary>
/// The texts that go out, for each kind, audience, channel and language: ours come with the program, the operator's own stand in the store and go
/// before them. What a text may name is listed in <see cref="TemplateVariables"/>; if one is there that names anything else, nothing is sent with it.
/// </summary>
public sealed class Templates(NpgsqlDataSource database, TimeProvider clock)
{
    private const string Folder = "CrisisOps.Templates.";
    private static readonly TimeSpan _fresh = TimeSpan.FromSeconds(1);

    private static readonly FrozenDictionary<TemplateKey, TemplateText> _ours = Ours();

    private volatile Held? _held;

    /// <summary>The kinds that have templates.</summary>
    public static IReadOnlySet<string> Kinds { get; } = _ours.Keys.Select(k => k.Kind).ToHashSet(StringComparer.Ordinal);

    /// <summary>Those that come with the program.</summary>
    public static IEnumerable<KeyValuePair<TemplateKey, string>> Delivered => Sources().Select(s => KeyValuePair.Create(s.Key, s.Text));

    /// <summary>The message, or why there is none.</summary>
    public async ValueTask<(RenderedMessage? Message, string Template)> Render(DeliveryKind kind, Audience? audience, Reach reach, IReadOnlyDictionary<string, string?> values, CancellationToken cancellation)
    {
        var (key, text) = await Find(kind, audience, reach.Channel, reach.Language, cancellation);
        var allowed = TemplateVariables.Of(kind);
        if (!text.Variables.All(allowed.Contains))
        {
            return (null, key.ToString());
        }

        var (subject, body) = text.Render(values);
        return (new RenderedMessage(subject, "text/plain", Encoding.UTF8.GetBytes(body)), key.ToString());
    }

    /// <summary>The operator's own, by key.</summary>
    public async ValueTask<FrozenDictionary<TemplateKey, string>> Stored(CancellationToken cancellation) => (await Load(cancellation)).Sources;

    public async Task Put(TemplateKey key, string text, string by, CancellationToken cancellation)
    {
        await using var command = database.Statement(
            """
            insert into crisis.templates (kind, audience, channel, language, text, updated_by, updated_at) values ($1, $2, $3, $4, $5, $6, $7)
            on conflict (kind, audience, channel, language) do update set text = excluded.text, updated_by = excluded.updated_by, updated_at = excluded.updated_at
            """,
            key.Kind, key.Audience, key.Channel, key.Language, text, by, clock.GetUtcNow());
        await command.ExecuteNonQueryAsync(cancellation);
        _held = null;
    }

    /// <returns>Whether there was one.</returns>
    public async Task<bool> Delete(TemplateKey key, CancellationToken cancellation)
    {
        await using var command = database.Statement(
            "delete from crisis.templates where kind = $1 and audience = $2 and channel = $3 and language = $4", key.Kind, key.Audience, key.Channel, key.Language);
        var found = await command.ExecuteNonQueryAsync(cancellation) > 0;
        _held = null;
        return found;
    }

    /// <summary>The language first: a text that one can not read says nothing, however well it fits.</summary>
    private async ValueTask<(TemplateKey Key, TemplateText Text)> Find(DeliveryKind kind, Audience? audience, Channel channel, string language, CancellationToken cancellation)
    {
        var stored = (await Load(cancellation)).Texts;
        foreach (var tongue in (string[])[language, language.Split('-')[0], TemplateKey.English])
        {
            foreach (var (who, how) in ((string, string)[])[($"{audience}", $"{channel}"), ($"{audience}", TemplateKey.Any), (TemplateKey.Any, $"{channel}"), (TemplateKey.Any, TemplateKey.Any)])
            {
                var key = new TemplateKey(kind.ToString(), who, how, tongue);
                if (stored.TryGetValue(key, out var text) || _ours.TryGetValue(key, out text))
                {
                    return (key, text);
                }
            }
        }

        throw new InvalidOperationException($"There is no template for {kind}.");
    }

    private async ValueTask<Held> Load(CancellationToken cancellation)
    {
        if (_held is { } held && clock.GetElapsedTime(held.At) < _fresh)
        {
            return held;
        }

        var at = clock.GetTimestamp();
        await using var command = database.Statement("select kind, audience, channel, language, text from crisis.templates");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        Dictionary<TemplateKey, string> sources = [];
        while (await reader.ReadAsync(cancellation))
        {
            sources[new TemplateKey(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetString(3))] = reader.GetString(4);
        }

        var texts = sources.Select(s => (s.Key, TemplateText.Read(s.Value).Text)).Where(t => t.Text is not null).ToFrozenDictionary(t => t.Key, t => t.Text!);
        return _held = new Held(sources.ToFrozenDictionary(), texts, at);
    }

    private static FrozenDictionary<TemplateKey, TemplateText> Ours() => Sources().ToFrozenDictionary(
        s => s.Key, s => TemplateText.Read(s.Text) is ({ } text, null) ? text : throw new InvalidOperationException($"The template {s.Key} can not be read."));

    private static IEnumerable<(TemplateKey Key, string Text)> Sources()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Folder, StringComparison.Ordinal)))
        {
            var parts = name[Folder.Length..].Split('.');
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return (new TemplateKey(parts[0], parts[1], parts[2], parts[3]), reader.ReadToEnd());
        }
    }

    private sealed record Held(FrozenDictionary<TemplateKey, string> Sources, FrozenDictionary<TemplateKey, TemplateText> Texts, long At);
}
