using System.Security.Cryptography;
using Npgsql;

namespace CrisisOps.Server.Hosting;

/// <summary>Finds out whether a PostgreSQL that a killed server left behind is really ours and answers.</summary>
public static class PostgresOrphan
{
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan PatienceWithSilence = TimeSpan.FromSeconds(5);

    private enum Answer { Ours, SomebodyElse, NotYet, Silence }

    /// <summary>
    /// The running PostgreSQL of this cluster, or null if there is none; then its stale postmaster.pid is gone too.
    /// </summary>
    public static async Task<PostmasterFile?> FindAsync(PostgresHome home, Func<int, string> connectionStringTo, CancellationToken cancellation)
    {
        var silence = TimeSpan.Zero;
        while (await PostmasterFile.ReadAsync(home.Cluster, cancellation) is { } postmaster)
        {
            var answer = postmaster.IsAlive() ? await AskAsync(home, connectionStringTo(postmaster.Port), cancellation) : Answer.SomebodyElse;
            if (answer == Answer.Ours)
                return postmaster;
            if (answer == Answer.SomebodyElse || silence > PatienceWithSilence)
            {
                // PostgreSQL holds its port as long as it lives, so ours is gone. It would itself believe the number
                // in the file, if that now belongs to another program of the same user.
                File.Delete(postmaster.Location);
                return null;
            }

            await Task.Delay(PollEvery, cancellation);
            silence = answer == Answer.Silence ? silence + PollEvery : TimeSpan.Zero;
        }

        return null;
    }

    private static async Task<Answer> AskAsync(PostgresHome home, string connectionString, CancellationToken cancellation)
    {
        // The password alone is not enough: a copied data folder names the port and the password of the original. So
        // what answers there must be able to read a word that was just written into this very folder.
        const string name = "crisisops.word";
        var word = RandomNumberGenerator.GetHexString(16);
        var path = Path.Combine(home.Cluster, name);
        await home.WritePrivateAsync(path, word, cancellation);
        try
        {
            await using var connection = new NpgsqlConnection(connectionString);
            await connection.OpenAsync(cancellation);
            await using var read = new NpgsqlCommand($"select pg_read_file('{name}', 0, 64, true)", connection);
            return await read.ExecuteScalarAsync(cancellation) as string == word ? Answer.Ours : Answer.SomebodyElse;
        }
        catch (PostgresException refusal) when (refusal.SqlState.StartsWith("28", StringComparison.Ordinal))
        {
            return Answer.SomebodyElse; // our password is wrong there
        }
        catch (PostgresException refusal) when (refusal.SqlState.StartsWith("57P", StringComparison.Ordinal))
        {
            return Answer.NotYet; // it is starting, recovering or stopping
        }
        catch (NpgsqlException silence) when (silence is not PostgresException)
        {
            return Answer.Silence;
        }
        finally
        {
            File.Delete(path);
        }
    }
}
