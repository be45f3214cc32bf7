using System.Text.Json.Serialization;
using Microblog.ClientEntities.Entities;
using Microblog.ServiceDefaults.ClientApi;
using Microblog.ServiceDefaults.Standby;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Microblog.Accounts.ShowInstance;

internal static class ShowInstanceV1Endpoint
{
    public static void MapShowInstanceV1(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/v1/instance", Handle).Describe("About this server, in the first shape");

    private static async Task<Ok<Instance>> Handle(
        HttpContext http,
        InstanceCounts counts,
        StandbyBoard board,
        IOptions<AccountsOptions> options,
        IOptions<OriginOptions> origin)
    {
        var settings = options.Value;
        var (people, posts) = await counts.Get(http);
        return TypedResults.Ok(new Instance(
            origin.Value.Domain,
            settings.Title,
            settings.Description,
            settings.Description,
            settings.ContactEmail,
            ServerVersion.ForClients,
            new(InstanceAddresses.Streaming(origin.Value)),
            new(people, posts, DomainCount: 1),
            $"{origin.Value.Origin}/thumbnail.png",
            InstanceLimits.PostCharactersMax,
            ["en"],
            settings.SignUpOpen,
            ApprovalRequired: false,
            InvitesEnabled: false,
            new(
                InstanceLimits.OfAccounts,
                InstanceLimits.OfStatuses,
                InstanceLimits.OfMedia,
                InstanceLimits.OfPolls),
            ContactAccount: null,
            Rules: [],
            board.Away is { Count: > 0 } away ? away : null));
    }

    private sealed record Instance(
        string Uri,
        string Title,
        string ShortDescription,
        string Description,
        string Email,
        string Version,
        Addresses Urls,
        Numbers Stats,
        string Thumbnail,
        int MaxTootChars,
        IReadOnlyList<string> Languages,
        bool Registrations,
        bool ApprovalRequired,
        bool InvitesEnabled,
        Limits Configuration,
        Account? ContactAccount,
        IReadOnlyList<string> Rules,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        IReadOnlyCollection<string>? Standby = null);

    private sealed record Addresses(string StreamingApi);

    private sealed record Numbers(long UserCount, long StatusCount, long DomainCount);

    private sealed record Limits(
        InstanceLimits.Accounts Accounts,
        InstanceLimits.Statuses Statuses,
        InstanceLimits.MediaAttachments MediaAttachments,
        InstanceLimits.Polls Polls);
}
