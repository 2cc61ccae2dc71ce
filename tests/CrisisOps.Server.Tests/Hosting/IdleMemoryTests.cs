using CrisisOps.Server.Hosting;
using Shouldly;

namespace CrisisOps.Server.Tests.Hosting;

public sealed class IdleMemoryTests : IDisposable
{
    private const long Megabyte = 1 << 20;

    private readonly IdleMemory _memory = new();

    public void Dispose() => _memory.Dispose();

    [Fact]
    public void Memory_is_given_back_once_after_work()
    {
        _memory.IsTime(100 * Megabyte).ShouldBeFalse(); // at work
        _memory.IsTime(900 * Megabyte).ShouldBeFalse(); // still
        _memory.IsTime(901 * Megabyte).ShouldBeTrue();
        _memory.IsTime(901 * Megabyte).ShouldBeFalse(); // nothing has grown since
        _memory.IsTime(950 * Megabyte).ShouldBeFalse();
        _memory.IsTime(951 * Megabyte).ShouldBeTrue();
    }

    [Fact]
    public void A_trickle_of_requests_is_not_stopped_for_little()
    {
        for (var allocated = Megabyte; allocated < 32 * Megabyte; allocated += Megabyte)
        {
            _memory.IsTime(allocated).ShouldBeFalse();
        }
    }
}
