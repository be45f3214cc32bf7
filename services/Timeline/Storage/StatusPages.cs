using Microblog.ClientEntities;
using Microblog.ClientEntities.Entities;
using Microblog.ServiceDefaults.ClientApi;

namespace Microblog.Timeline.Storage;

/// <summary>The last step of every list of posts: statuses, and the <c>Link</c> to the pages beside this one.</summary>
internal sealed class StatusPages(StatusRenderer renderer)
{
    /// <param name="endsVisibly">A page that is not full has no <c>next</c>.</param>
    public async Task<IReadOnlyList<Status>> Answer(
        HttpContext http,
        Page page,
        PageOfPosts found,
        long? viewerId,
        bool endsVisibly = false)
    {
        if (found.IsCutShort)
            StandbyHeader.Mark(http, "postgres");
        var statuses = await renderer.Render(found.Posts, viewerId, http.RequestAborted);
        // What could not be rendered still moves the cursor on; only a page that shows nothing is an end to clients.
        if (statuses.Count > 0)
            PageLinks.Write(http, page, found.Cursors, more: !endsVisibly || found.Posts.Count == page.Limit);
        return statuses;
    }
}
