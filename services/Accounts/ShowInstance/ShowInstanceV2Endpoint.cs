using System.Text.Json.Serialization;
using Microblog.ClientEntities.Entities;
using Microblog.ServiceDefaults.ClientApi;
using Microblog.ServiceDefaults.Standby;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Microblog.Accounts.ShowInstance;

internal static class ShowInstanceV2Endpoint
{
    public static void MapShowInstanceV2(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/v2/instance", Handle).Describe("About this server, in the second shape");

    // Without api_versions on purpose: a client that finds it switches to calls that are not offered.
    private static async Task<Ok<Instance>> Handle(
        HttpContext http,
        InstanceCounts counts,
        StandbyBoard board,
        IOptions<AccountsOptions> options,
        IOptions<OriginOptions> origin)
    {
        var settings = options.Value;
        var (people, _) = await counts.Get(http);
        return TypedResults.Ok(new Instance(
            origin.Value.Domain,
            settings.Title,
            ServerVersion.ForClients,
            settings.SourceUrl,
            settings.Description,
            new(new(people)),
            new($"{origin.Value.Origin}/thumbnail.png"),
            Icon: [],
            Languages: ["en"],
            new(
                new(InstanceAddresses.Streaming(origin.Value), Status: null),
                InstanceLimits.OfAccounts,
                InstanceLimits.OfStatuses,
                InstanceLimits.OfMedia,
                InstanceLimits.OfPolls,
                new(Enabled: false)),
            new(settings.SignUpOpen, ApprovalRequired: false, Message: null, Url: null),
            new(settings.ContactEmail, Account: null),
            Rules: [],
            board.Away is { Count: > 0 } away ? away : null));
    }

    private sealed record Instance(
        string Domain,
        string Title,
        string Version,
        string SourceUrl,
        string Description,
        Usage Usage,
        Thumbnail Thumbnail,
        IReadOnlyList<string> Icon,
        IReadOnlyList<string> Languages,
        Limits Configuration,
        Registrations Registrations,
        Contact Contact,
        IReadOnlyList<string> Rules,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        IReadOnlyCollection<string>? Standby = null);

    private sealed record Usage(UsersOfMonth Users);

    private sealed record UsersOfMonth(long ActiveMonth);

    private sealed record Thumbnail(string Url);

    private sealed record Limits(
        Addresses Urls,
        InstanceLimits.Accounts Accounts,
        InstanceLimits.Statuses Statuses,
        InstanceLimits.MediaAttachments MediaAttachments,
        InstanceLimits.Polls Polls,
        Translation Translation);

    private sealed record Addresses(string Streaming, string? Status);

    private sealed record Translation(bool Enabled);

    private sealed record Registrations(bool Enabled, bool ApprovalRequired, string? Message, string? Url);

    private sealed record Contact(string Email, Account? Account);
}
