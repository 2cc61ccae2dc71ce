using System.Text;
using CrisisOps.Domain.Crises;
using CrisisOps.Server.Channels.Cap;
using CrisisOps.Server.Streams;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace CrisisOps.Server.Tests.Scenarios;

/// <summary>The alert to partners as CAP, of the events that were played (domain §7, assertion 9).</summary>
[Collection(NorlandCollection.Name)]
public sealed class NorlandCapTests(NorlandStory story)
{
    private static readonly CapSender _sender = new("agora.example", "Agora crisis desk");
    private static readonly string[] _organisations = ["Norland Civic Watch", "VideoHub Alliance", "OpenHash Exchange", "Norland Electoral Commission", "The Norland Daily", "Norland National Police"];

    [Fact]
    public async Task Cap()
    {
        var messages = await Messages();

        messages.Select(m => (m.Message.Identifier, m.Message.MsgType)).Distinct().ShouldBe(
        [
            ("crisisops-CR-2027-0007.1", CapMessageType.Alert), ("crisisops-CR-2027-0007.2", CapMessageType.Update), ("crisisops-CR-2027-0007.3", CapMessageType.Cancel),
        ]);
        messages.Count.ShouldBe(3 * 3);
        foreach (var (recipient, message) in messages)
        {
            var bytes = CapXml.Write(message);
            var xml = Encoding.UTF8.GetString(bytes);

            CapDocument.Check(bytes).ShouldBeEmpty(xml);
            xml.ShouldMatch("<sent>2027-05-1[57]T[0-9:]{8}-00:00</sent>");
            xml.ShouldNotContain("://", customMessage: recipient);
            foreach (var other in _organisations)
            {
                xml.ShouldNotContain(other, Case.Insensitive, recipient);
            }
        }

        messages.Where(m => m.Message.MsgType == CapMessageType.Cancel).ShouldAllBe(m => string.Join(' ', m.Message.References) ==
            "crisisops@agora.example,crisisops-CR-2027-0007.1,2027-05-15T14:14:00-00:00 crisisops@agora.example,crisisops-CR-2027-0007.2,2027-05-15T15:22:00-00:00");
    }

    private async Task<List<(string Recipient, CapMessage Message)>> Messages()
    {
        await using var session = story.Node.Services.GetRequiredService<IDocumentStore>().QuerySession();
        var crisis = Crisis.None with { Key = NorlandRows.CR7 };
        List<(string, CapMessage)> messages = [];
        foreach (var happened in await session.Events.FetchStreamAsync(NorlandRows.CR7, token: TestContext.Current.CancellationToken))
        {
            var stamp = EventStamps.Of(happened);
            crisis = Crisis.Fold(crisis, happened.Data, stamp);
            CapEnvelope To(string recipient) => new(_sender, recipient, stamp.RecordedAt);
            messages.AddRange(happened.Data switch
            {
                PartnerAlertIssued e => e.Recipients.Select(r => (r, CapMessages.Of(e, crisis, To(r)))),
                PartnerAlertUpdated e => e.Recipients.Select(r => (r, CapMessages.Of(e, crisis, To(r), CapReference.Of(crisis, e.References, _sender)))),
                PartnerAlertCancelled e => e.Recipients.Select(r => (r, CapMessages.Of(e, crisis, To(r), CapReference.Of(crisis, e.References, _sender)))),
                _ => [],
            });
        }

        return messages;
    }
}
