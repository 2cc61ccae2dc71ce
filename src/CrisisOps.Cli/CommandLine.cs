using System.CommandLine;

namespace CrisisOps.Cli;

/// <summary>The commands of <c>crisisops</c>.</summary>
public static class CommandLine
{
    /// <summary>What is wrong with a command line is no answer to its question: its exit code is that of what can not be read.</summary>
    public static int Run(string[] args, InvocationConfiguration surroundings)
    {
        var parsed = new RootCommand("Tools for CrisisOps that need no server and no database.") { VerifyCommand.Create() }.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                surroundings.Error.WriteLine(error.Message);
            }

            return VerifyCommand.Unreadable;
        }

        return parsed.Invoke(surroundings);
    }
}
