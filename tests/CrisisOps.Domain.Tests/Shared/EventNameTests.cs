using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Shared;

public class EventNameTests
{
    /// <summary>Events are stored by the name of their type alone.</summary>
    [Fact]
    public void No_event_shares_its_name_with_one_of_another_stream() =>
        typeof(Rules).Assembly.GetTypes()
            .Where(t => t.IsClass && t.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IStreamEvent<>)))
            .GroupBy(t => t.Name).Where(same => same.Count() > 1).Select(same => same.Key).ShouldBeEmpty();
}
