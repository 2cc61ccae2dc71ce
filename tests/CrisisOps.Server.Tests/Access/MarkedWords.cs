using CrisisOps.Domain.Shared;
using CrisisOps.Server.Tests.Crises;
using CrisisOps.Server.Tests.Deliveries;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Access;

/// <summary>A word that stands in one text and nowhere else.</summary>
/// <param name="Audiences">Who may read that text at all (domain §4).</param>
public sealed record MarkedWord(string Word, bool OfCrisis, Audience[] Audiences, Tlp Tlp);

/// <summary>
/// A crisis with an escalation linked to it, told to every audience at every TLP, each text with a word of its own; and a partner that may
/// read AMBER, one that may read GREEN.
/// </summary>
public sealed class MarkedWords(TestPostgres postgres) : MailServer(postgres)
{
    public static readonly Tlp[] Tlps = Enum.GetValues<Tlp>();

    public List<MarkedWord> Words { get; } = [];

    internal CrisisStories.Crisis Crisis { get; private set; } = null!;

    public string Escalation { get; private set; } = "";

    public string Amber { get; private set; } = "";

    public string Green { get; private set; } = "";

    /// <summary>Ids of the messages of alerts.</summary>
    public List<string> Alerts { get; } = [];

    /// <summary>The refusals while it was written: they say nothing of what was refused.</summary>
    public List<Answer> Refusals { get; } = [];

    /// <summary>Cursor of the changes before any of this was written.</summary>
    public string Start { get; private set; } = "";

    /// <summary>When all but the last word was written.</summary>
    public DateTimeOffset Written { get; private set; }

    /// <summary>Everybody who reads it live sees this at the end.</summary>
    public const string Last = "nothingmoretosayq";

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Start = (await (await As("lead-01", roles: ["duty-lead"])).Get("/v1/changes")).ShouldBe(200)["cursor"]!;
        Crisis = await this.StandUp(summary: Word("summary", true, Tlp.AMBER, Audience.Core, Audience.CrossFunctional));
        (Amber, var amber, _) = await Reachable(full: true);
        (Green, var green, _) = await Reachable(clearance: "GREEN", full: true);
        await WriteCrisis(amber, green);
        await WriteEscalation();
        Written = DateTimeOffset.UtcNow;
        await Crisis.Commander.Gives(Crisis.Key, "post-update", new
        {
            condition = Last,
            tlp = "CLEAR",
            audiences = new[] { new { audience = "Core" }, new { audience = "CrossFunctional" }, new { audience = "Executive" } },
        });
        await Database.RulesHeard();
        await Eventually.Is(async () => (await Deliveries($"incident={Crisis.Key}")).All(d => d.GetProperty("state").GetString() != "Queued"), "every alert has arrived");
        Receiver.Rest($"/{Amber}").ShouldNotBeEmpty();
        Receiver.Rest($"/{Green}").ShouldNotBeEmpty();
    }

    /// <summary>What came to somebody in the inbox: a text for each audience of colleagues at each TLP.</summary>
    public async Task Inbox(string person)
    {
        var contact = await this.ContactOf(person);
        foreach (var (audience, tlp) in from audience in (Audience[])[Audience.Core, Audience.CrossFunctional, Audience.Executive] from tlp in Tlps select (audience, tlp))
        {
            // Who reads as a closer audience may read what was written for a farther one.
            await this.Told(contact, Crisis.Key, Word($"inbox{audience}", true, tlp, [.. Enum.GetValues<Audience>().Where(a => a <= audience)]), tlp: (int)tlp, audience: (int)audience);
        }
    }

    private async Task WriteCrisis(string amber, string green)
    {
        var key = Crisis.Key;
        foreach (var tlp in Tlps)
        {
            var name = TlpNames.Of(tlp);
            await Crisis.Commander.Gives(key, "post-note", new { text = Word("core", true, tlp, Audience.Core), coreOnly = true, tlp = name });
            await Crisis.Commander.Gives(key, "post-note", new { text = Word("functions", true, tlp, Audience.Core, Audience.CrossFunctional), tlp = name });
            await Crisis.Commander.Gives(key, "post-update", new
            {
                condition = Word("condition", true, tlp, Audience.Core),
                tlp = name,
                audiences = new object[]
                {
                    new { audience = "Core" },
                    new { audience = "CrossFunctional", text = Word("update", true, tlp, Audience.Core, Audience.CrossFunctional) },
                    new { audience = "Executive", text = Word("executive", true, tlp, Audience.Core, Audience.Executive) },
                },
            });
            var alert = await Crisis.Liaison.Give(key, "issue-alert", new
            {
                recipients = new[] { amber, green },
                headline = Word("headline", true, tlp, Audience.Core, Audience.CrossFunctional, Audience.Executive, Audience.Partner),
                text = Word("alert", true, tlp, Audience.Core, Audience.CrossFunctional, Audience.Partner),
                tlp = name,
            });
            alert.Ok.ShouldBe(tlp <= Tlp.AMBER, alert.Text);
            if (alert.Ok)
            {
                Alerts.Add(alert.Json.GetProperty("events")[0].GetProperty("alertId").GetString()!);
            }
            else
            {
                Refusals.Add(alert);
            }
        }

        await Crisis.Press.Gives(key, "draft-public-update", new { text = Word("public", true, Tlp.CLEAR, Enum.GetValues<Audience>()) });
        await Crisis.Commander.Gives(key, "approve-public-update", new { draftId = "PD-1" });
    }

    private async Task WriteEscalation()
    {
        var owner = await As("spec-04", regions: [Crisis.Region], clearance: "RED");
        Escalation = await owner.Raised(new
        {
            title = Word("title", false, Tlp.GREEN, Audience.Core, Audience.CrossFunctional, Audience.Executive),
            source = "TrustedPartner",
            region = new[] { Crisis.Region },
            requester = new { partnerId = Amber },
            tlp = "GREEN",
        });
        (await owner.Post(Escalation, "take", new { severity = "SEV2" })).ShouldBeDone();
        foreach (var tlp in Tlps)
        {
            var name = TlpNames.Of(tlp);
            (await owner.Post(Escalation, "post-note", new { text = Word("core", false, tlp, Audience.Core), coreOnly = true, tlp = name })).ShouldBeDone();
            (await owner.Post(Escalation, "post-note", new { text = Word("functions", false, tlp, Audience.Core, Audience.CrossFunctional), tlp = name })).ShouldBeDone();
            (await owner.Post(Escalation, "request-input", new
            {
                question = Word("question", false, tlp, Audience.Core, Audience.CrossFunctional, Audience.Partner),
                fromRequester = true,
                dueAt = "2090-01-01T00:00:00Z",
                tlp = name,
            })).ShouldBeDone();
        }

        (await owner.Post(Escalation, "link-to-crisis", new { crisisKey = Crisis.Key })).ShouldBeDone();
        await Database.RulesHeard();
    }

    /// <summary>No word is a part of another.</summary>
    private string Word(string kind, bool ofCrisis, Tlp tlp, params Audience[] audiences)
    {
        var word = $"w{(ofCrisis ? "crisis" : "case")}{kind}{tlp}q".ToLowerInvariant();
        if (Words.All(w => w.Word != word))
        {
            Words.Add(new MarkedWord(word, ofCrisis, audiences, tlp));
        }

        return word;
    }
}
