using System.CommandLine;
using CrisisOps.Cli;

return CommandLine.Run(args, new InvocationConfiguration());
