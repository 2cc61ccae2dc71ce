using CrisisOps.Server.Access;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Rebuilds;
using CrisisOps.Server.Streams;
using JasperFx;
using Wolverine;
using Wolverine.Http;

// The JasperFx command line (codegen write) needs the host, but no database.
var commandLine = args is ["codegen" or "describe" or "help", ..];
// The settings lie beside the program, wherever it is started from; generated sources go where the command is given.
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = commandLine ? Directory.GetCurrentDirectory() : AppContext.BaseDirectory });
var rebuild = args is [RebuildCommand.Name, ..];
await using var start = await ServerStart.Begin(builder.Configuration, builder.Environment.IsDevelopment(), commandLine, beside: rebuild);
if (start.Refusal is { } refusal)
{
    await Console.Error.WriteLineAsync(refusal);
    return 1;
}

builder.Services.AddSingleton(start);
StreamKind[] kinds = [.. StreamKinds.Discover()];
builder.AddCrisisOpsStorage(start.ConnectionString, kinds);
builder.AddCrisisOpsAuthentication();
builder.AddCrisisOpsServices(kinds);
builder.Host.UseWolverine(options =>
{
    options.ApplicationAssembly = typeof(Program).Assembly;
    options.Durability.Mode = DurabilityMode.MediatorOnly;
#if PREGENERATED
    // A handler that was not generated is an error, and not a compiler that quietly comes along with 150 MB.
    options.CodeGeneration.TypeLoadMode = JasperFx.CodeGeneration.TypeLoadMode.Static;
#else
    options.CodeGeneration.TypeLoadMode = JasperFx.CodeGeneration.TypeLoadMode.Auto;
#endif
    // Only "codegen write" writes sources; a running server that did would hand stale ones to the next build.
    options.CodeGeneration.SourceCodeWritingEnabled = false;
});
builder.Services.AddWolverineHttp();
#if PREGENERATED
// And at the start, not at the first request that needs it.
builder.Services.CritterStackDefaults(options => options.Development.AssertAllPreGeneratedTypesExist = options.Production.AssertAllPreGeneratedTypesExist = true);
#endif

var app = builder.Build();
if (!commandLine && await Storage.Prepare(app.Services, app.Environment.IsDevelopment(), app.Lifetime.ApplicationStopping) is { } unusable)
{
    await Console.Error.WriteLineAsync(unusable);
    return 1;
}

if (rebuild)
{
    return await RebuildCommand.Run(app.Services, args[1..], app.Lifetime.ApplicationStopping);
}

app.UseProblems();
app.UseAuthentication();
app.UseAuthorization();
app.MapRoutes();
app.MapWolverineEndpoints();
if (commandLine)
{
    return await app.RunJasperFxCommands(args);
}

await app.RunAsync();
return Environment.ExitCode;

/// <summary>The host; tests reach it through this name.</summary>
public partial class Program;
