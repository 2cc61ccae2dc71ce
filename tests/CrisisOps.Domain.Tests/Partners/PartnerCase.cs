using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Partners;
using CrisisOps.Domain.Shared;
using CrisisOps.Domain.Tests.Harness;

namespace CrisisOps.Domain.Tests.Partners;

/// <summary>Given, when, then for one partner.</summary>
public sealed class PartnerCase()
    : Given<Partner, PartnerCase>(Partner.None with { Key = PartnerCase.Key }, new DecisionContext { Now = Start, Caller = Manager, Key = PartnerCase.Key })
{
    public const string Key = "PRT-001";
    public const string Url = "https://hash.example/alerts?token=t0k3n";
    public const string Mail = "alerts@hash.example";
    public const string Number = "+43 1 5550100";
    public static readonly DateTimeOffset Start = new(2027, 3, 1, 9, 0, 0, TimeSpan.Zero);

    public static readonly Caller Manager = Person("pm-01", Role.PartnerManager);
    public static readonly Caller Second = Person("pm-02", Role.PartnerManager);
    public static readonly Caller Lead = Person("lead-01", Role.DutyLead);

    public static ProposePartner Proposal { get; } = new(
        "OpenHash Exchange", PartnerType.HashSharingBody, ["XN"], ["en"], ["terrorist content"], [new PartnerContact("CNT-1", "duty officer", Channel.Phone, "Europe/Vienna", "Mo-Fr")]);

    public static PartnerCase Proposed(Func<ProposePartner, ProposePartner>? with = null) =>
        new PartnerCase().When(with is null ? Proposal : with(Proposal), Manager).ShouldBeAccepted();

    public static PartnerCase Vetted() => Proposed().When(new VetPartner("AGR-12"), Second).ShouldBeAccepted();

    public static PartnerCase Active() => Vetted().When(new ActivatePartner()).ShouldBeAccepted();

    public static PartnerCase Suspended() => Active().When(new SuspendPartner("taken over"), Lead).ShouldBeAccepted();

    /// <summary>Active, with a webhook EP-1, a phone EP-2, an e-mail address EP-3 and a chat EP-4.</summary>
    public static PartnerCase Reachable() => Active()
        .When(new RegisterEndpoint(Channel.Webhook, Url)).ShouldBeAccepted()
        .When(new RegisterEndpoint(Channel.Phone, Number)).ShouldBeAccepted()
        .When(new RegisterEndpoint(Channel.Email, Mail)).ShouldBeAccepted()
        .When(new RegisterEndpoint(Channel.Chat, Url)).ShouldBeAccepted();

    public static Caller Person(string id, params Role[] roles) => new(id, ActorType.Specialist, roles.ToHashSet(), new HashSet<Function>(), ["*"], Tlp.RED);

    public Endpoint Endpoint(string endpointId) => State.Endpoints.Find(e => e.EndpointId == endpointId)!;

    public override Partner Fold(Partner state, object @event, Stamp stamp) => Partner.Fold(state, @event, stamp);

    /// <summary>The timeline entry of the newest event.</summary>
    public Entry Told() => ToldAt(^1)!;
}
