namespace CrisisOps.Server.Streams;

/// <summary>Housekeeping that comes again, and waits for its next time when the database does not answer.</summary>
public static class Recurring
{
    /// <param name="every">From the end of one time to the beginning of the next, so that a slow one is not followed at once.</param>
    /// <param name="later">Told why it was not done this time.</param>
    public static async Task Run(TimeSpan every, Func<CancellationToken, Task> work, Action<string> later, CancellationToken stopping)
    {
        while (true)
        {
            await Task.Delay(every, stopping);
            try
            {
                await work(stopping);
            }
            catch (Exception exception) when (DatabaseErrors.IsOutage(exception))
            {
                later(exception.Message);
            }
        }
    }
}
