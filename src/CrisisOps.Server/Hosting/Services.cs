using System.Reflection;
using CrisisOps.Server.Access;
using CrisisOps.Server.Channels.Email;
using CrisisOps.Server.Contacts;
using CrisisOps.Server.Crises;
using CrisisOps.Server.Deadlines;
using CrisisOps.Server.Deliveries;
using CrisisOps.Server.Development;
using CrisisOps.Server.Elections;
using CrisisOps.Server.Enforcement;
using CrisisOps.Server.Escalations;
using CrisisOps.Server.Exports;
using CrisisOps.Server.History;
using CrisisOps.Server.Intake;
using CrisisOps.Server.Reactions;
using CrisisOps.Server.Rebuilds;
using CrisisOps.Server.Reference;
using CrisisOps.Server.Reviews;
using CrisisOps.Server.Risks;
using CrisisOps.Server.Search;
using CrisisOps.Server.Streams;
using CrisisOps.Server.Telling;
using CrisisOps.Server.Timelines;
using FluentValidation;

namespace CrisisOps.Server.Hosting;

/// <summary>The server's own parts.</summary>
public static class Services
{
    public static void AddCrisisOpsServices(this WebApplicationBuilder builder, IReadOnlyCollection<StreamKind> kinds)
    {
        var services = builder.Services;
        services.AddSingleton<StoreClock>();
        services.AddSingleton<TimeProvider>(provider => provider.GetRequiredService<StoreClock>());
        services.AddSingleton(RuleSettings.Read(builder.Configuration.GetSection("Rules")));
        services.AddSingleton(LaneSettings.Read(builder.Configuration.GetSection("Lanes")));
        services.AddSingleton(EmailSettings.Read(builder.Configuration.GetSection("Email")));
        services.AddSingleton(EnforcementSettings.Read(builder.Configuration.GetSection("Enforcement")));
        services.AddSingleton<EnforcementPlan>();
        services.AddSingleton<OrdersOut>();
        services.AddSingleton(kinds);
        services.AddSingleton(_ => new StreamKinds(kinds));
        services.AddSingleton(_ => new CommandCatalog(kinds));
        services.AddSingleton(provider => new EventTypes(provider.GetRequiredService<Marten.IDocumentStore>(), kinds));
        services.AddSingleton<StreamLoader>();
        services.AddSingleton<HistorySnapshots>();
        services.AddSingleton<PastStates>();
        services.AddSingleton<PastPages>();
        services.AddSingleton<CardList>();
        services.AddSingleton<StreamStates>();
        services.AddSingleton<PeopleDirectory>();
        services.AddSingleton<DutyList>();
        services.AddSingleton<FactStore>();
        services.AddSingleton<ReadLog>();
        services.AddSingleton<Diffs.Diffing>();
        services.AddSingleton<TimelineFacts>();
        services.AddSingleton<TimelineQuery>();
        services.AddSingleton<VisibilityMark>();
        services.AddKeyedSingleton(Replay.Clock, TimeProvider.System);
        services.AddSingleton<HiddenStreams>();
        services.AddSingleton<StoreEpoch>();
        services.AddSingleton<LiveCursor>();
        services.AddSingleton<Changes>();
        services.AddSingleton<QueueQuery>();
        services.AddHosted<QueueFronts>();
        services.AddSingleton<ListEscalations>();
        services.AddSingleton<PastQueue>();
        services.AddSingleton<MovedCases>();
        services.AddSingleton<PastWork>();
        services.AddSingleton<MyWork>();
        services.AddSingleton<Bulk>();
        services.AddSingleton<OfferedCommands>();
        services.AddSingleton<CandidateSearch>();
        services.AddSingleton<MergeTargets>();
        services.AddSingleton<SlaBoardThen>();
        services.AddSingleton<LinkTargets>();
        services.AddSingleton<BoardReader>();
        services.AddSingleton<BoardFrames>();
        services.AddSingleton<SitRepDrafts>();
        services.AddSingleton<MergedReports>();
        services.AddSingleton<EntrySight>();
        services.AddSingleton<BesideReader>();
        services.AddSingleton<FactsReader>();
        services.AddSingleton<ExportEntries>();
        services.AddSingleton<ExportDeliveries>();
        services.AddSingleton<PeopleExport>();
        services.AddSingleton<DecisionContexts>();
        services.AddSingleton<KeyBlocks>();
        services.AddSingleton<BatchWriter>();
        services.AddSingleton<StreamBuilder>();
        services.AddSingleton<Rebuild>();
        services.AddSingleton<LaneWork>();
        services.AddSingleton<ReplyProblems>();
        services.AddHosted<WakeUps>();
        services.AddHosted<CommandLanes>();
        services.AddCrisisOpsReference();
        builder.AddCrisisOpsTelemetry();
        services.AddDeliveries(builder.Configuration);
        services.AddTelling(builder.Configuration);
        services.AddContacts();
        services.AddIntake(builder.Configuration);
        services.AddSources();
        services.AddRisks();
        services.AddHistory(builder.Configuration);
        services.AddHosted<AnswerPurge>();
        services.AddHosted<IdleMemory>();
        services.AddSingleton<ClusterCases>();
        services.AddSingleton<ClusterSearch>();
        services.AddSingleton<SeverityFloors>();
        services.AddSingleton<SubscriptionPosition>();
        services.AddHosted<EventSubscription>();
        services.AddHosted<SearchWords>();
        services.AddSingleton<SearchRoutes>();
        services.AddSingleton<DeadlineCommands>();
        services.AddSingleton<PastDeadlines>();
        services.AddSingleton<ListDeadlines>();
        services.AddSingleton<DeadlineLeases>();
        services.AddSingleton<DeadlineFiring>();
        services.AddHosted<DeadlineWatcher>();
        if (builder.Environment.IsDevelopment())
        {
            services.AddSingleton<ClockJump>();
            services.AddHosted<ClockFollower>();
        }

        services.AddHosted<ServerReady>();
        foreach (var type in Assembly.GetExecutingAssembly().GetTypes().Where(t => !t.IsAbstract && t.BaseType is { IsGenericType: true } parent && parent.GetGenericTypeDefinition() == typeof(AbstractValidator<>)))
        {
            services.AddSingleton(typeof(IValidator<>).MakeGenericType(type.BaseType!.GenericTypeArguments[0]), type);
        }
    }

    private static void AddHosted<T>(this IServiceCollection services)
        where T : class, IHostedService
    {
        services.AddSingleton<T>();
        services.AddHostedService(provider => provider.GetRequiredService<T>());
    }
}
